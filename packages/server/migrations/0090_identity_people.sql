-- A member, an invited person and the person behind a token are rows of the organisation's own directory.
alter table memberships add constraint memberships_person_fk foreign key (organization_id, person_id) references people (organization_id, id);
alter table invitations add constraint invitations_person_fk foreign key (organization_id, person_id) references people (organization_id, id);
alter table invitations add constraint invitations_invited_by_fk foreign key (organization_id, invited_by) references people (organization_id, id);
alter table api_tokens add constraint api_tokens_person_fk foreign key (organization_id, person_id) references people (organization_id, id);
alter table api_tokens add constraint api_tokens_created_by_fk foreign key (organization_id, created_by) references people (organization_id, id);
