-- Who owns which record, and who narrowed what, are parts of the chained trail (`audit_chain.1.sql`).
CREATE TRIGGER chained AFTER INSERT ON directory_recordownerevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
CREATE TRIGGER chained AFTER INSERT ON directory_fieldaudienceevent REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_batch('pgh_id');
