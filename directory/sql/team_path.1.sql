-- A team's path is its parent's path and its own label (its id without hyphens, which labels of
-- ltree before PostgreSQL 16 do not take). A move carries the whole subtree along.
CREATE FUNCTION team_path_compute() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    label text := replace(NEW.id::text, '-', '');
    above directory_team%ROWTYPE;
BEGIN
    IF NEW.parent_id IS NULL THEN
        NEW.path := label::ltree;
        RETURN NEW;
    END IF;
    SELECT * INTO above FROM directory_team WHERE id = NEW.parent_id;
    IF above.organisation_id <> NEW.organisation_id THEN
        RAISE EXCEPTION 'team % cannot stand under a team of another organisation', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_parent_in_same_organisation';
    END IF;
    IF above.path ~ ('*.' || label || '.*')::lquery THEN
        RAISE EXCEPTION 'team % cannot stand below itself', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'team_not_below_itself';
    END IF;
    NEW.path := above.path || label;
    RETURN NEW;
END
$function$;

CREATE FUNCTION team_path_carry() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    UPDATE directory_team
       SET path = NEW.path || subpath(path, nlevel(OLD.path))
     WHERE path <@ OLD.path AND id <> NEW.id;
    RETURN NULL;
END
$function$;

CREATE TRIGGER team_path_compute
    BEFORE INSERT OR UPDATE OF parent_id, organisation_id ON directory_team
    FOR EACH ROW EXECUTE FUNCTION team_path_compute();

CREATE TRIGGER team_path_carry
    AFTER UPDATE OF parent_id ON directory_team
    FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path)
    EXECUTE FUNCTION team_path_carry();
