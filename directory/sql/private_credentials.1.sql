-- What opens the house to somebody, as `private_rows.1.sql` has it for what is somebody's own. All of it
-- is looked up before it is known who asks, so whoever acts for nobody finds it by its key; once it is
-- known, everybody's own is all there is.

ALTER TABLE accounts_session ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts_session USING (
    acting_for() IN ('everybody', 'nobody', user_id::text) OR user_id IS NULL);

ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON mfa_authenticator USING (
    acting_for() IN ('everybody', 'nobody', user_id::text));

-- Tokens of machines are given and withdrawn by whoever curates what they open.
ALTER TABLE knox_authtoken ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_or_curated ON knox_authtoken USING (
    acting_for() IN ('everybody', 'nobody', user_id::text)
    OR EXISTS (SELECT FROM directory_grant held WHERE held.user_id::text = acting_for()));
