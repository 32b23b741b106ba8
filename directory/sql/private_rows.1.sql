-- Row-level security as the backstop behind the code: for whom the serving role acts is told by
-- `postgresql/acting.py`. Who is not told acts for nobody. The owner, who migrates, is not bound by it.

CREATE FUNCTION acting_for() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN current_setting('directory.acting_for', true);

-- The records that are the own ones of whoever is acted for.
CREATE FUNCTION own_records() RETURNS SETOF uuid LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT coalesce(person.merged_into_id, person.id)
      FROM directory_recordowner owner JOIN directory_person person ON person.id = owner.person_id
     WHERE owner.user_id::text = acting_for();
END;

-- Private: their user's alone.
ALTER TABLE directory_savedsearch ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON directory_savedsearch USING (acting_for() IN ('everybody', user_id::text));
ALTER TABLE directory_searchdigest ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON directory_searchdigest USING (acting_for() IN ('everybody', user_id::text));

-- Audit: whoever looks adds their own looks, and reads those of others at themselves.
ALTER TABLE directory_look ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_oneself ON directory_look FOR SELECT USING (
    acting_for() IN ('everybody', by_id::text) OR person_id IN (SELECT own_records()));
CREATE POLICY by_oneself ON directory_look FOR INSERT
    WITH CHECK (acting_for() IN ('everybody', by_id::text));

-- Who sees what of a record, its owner alone decides; everybody's searches have to know it.
ALTER TABLE directory_fieldaudience ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON directory_fieldaudience FOR SELECT USING (true);
CREATE POLICY added ON directory_fieldaudience FOR INSERT
    WITH CHECK (acting_for() = 'everybody' OR person_id IN (SELECT own_records()));
CREATE POLICY changed ON directory_fieldaudience FOR UPDATE
    USING (acting_for() = 'everybody' OR person_id IN (SELECT own_records()));
CREATE POLICY taken_away ON directory_fieldaudience FOR DELETE
    USING (acting_for() = 'everybody' OR person_id IN (SELECT own_records()));

-- Nobody gives a role to themselves; everybody may lay down their own.
ALTER TABLE directory_grant ENABLE ROW LEVEL SECURITY;
CREATE POLICY known ON directory_grant FOR SELECT USING (true);
CREATE POLICY given ON directory_grant FOR INSERT WITH CHECK (
    acting_for() = 'everybody' OR acting_for() <> 'nobody' AND acting_for() <> user_id::text);
CREATE POLICY changed ON directory_grant FOR UPDATE USING (
    acting_for() = 'everybody' OR acting_for() <> 'nobody' AND acting_for() <> user_id::text);
CREATE POLICY taken ON directory_grant FOR DELETE USING (acting_for() <> 'nobody');
