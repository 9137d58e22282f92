-- API keys of three types. An HMAC key has a sealed secret; RSA and Ed25519 keys have the public half only, as the DER
-- of a SubjectPublicKeyInfo. addresses are prefixes in canonical form; none = anywhere.

alter table api_keys
  alter column sealed_secret drop not null,
  add column type       text   not null default 'HMAC' check (type in ('HMAC', 'RSA', 'ED25519')),
  add column public_key bytea,
  add column addresses  text[] not null default '{}',
  add constraint api_keys_proof check ((type = 'HMAC') = (sealed_secret is not null)
                                   and (type <> 'HMAC') = (public_key is not null)),
  add constraint api_keys_withdraw check (not 'WITHDRAW' = any (permissions) or cardinality(addresses) > 0);
