-- Who was proposed as an administrator, and who decided, is part of the chained trail.
CREATE TRIGGER chained AFTER INSERT ON directory_grantproposalevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
