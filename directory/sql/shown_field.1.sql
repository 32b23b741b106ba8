-- To whom a field of a person is shown: by their own choice, or else as the organisations have it in
-- which they hold a post. Of two organisations the narrower counts.
CREATE VIEW directory_shownfield WITH (security_invoker = true) AS
SELECT person_id, field, audience, true AS own FROM directory_fieldaudience
UNION ALL
SELECT usual.person_id, usual.field, usual.audience, false
  FROM (
      SELECT DISTINCT ON (appointment.person_id, said.field)
             appointment.person_id, said.field, said.audience
        FROM directory_organisationaudience said
        JOIN directory_team team ON team.organisation_id = said.organisation_id
        JOIN directory_post post ON post.team_id = team.id
        JOIN directory_appointment appointment
          ON appointment.post_id = post.id AND appointment.ends_on IS NULL
       WHERE NOT EXISTS (SELECT FROM directory_fieldaudience own
                          WHERE own.person_id = appointment.person_id AND own.field = said.field)
       ORDER BY appointment.person_id, said.field,
                array_position(ARRAY['government', 'organisation', 'team', 'curators', 'self'],
                               said.audience::text) DESC
  ) usual;
