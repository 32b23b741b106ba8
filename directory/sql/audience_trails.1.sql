-- What organisations show by default, and whom a curator holds to a narrower listing, is part of the
-- chained trail.
CREATE TRIGGER chained AFTER INSERT ON directory_organisationaudienceevent
    REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_listingholdevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
