-- A row is a training from the moment it was asked for to its end, and its end state is the request's one outcome.
create table job (
  id               uuid primary key,
  request_key      text not null unique check (request_key ~ '^[0-9a-f]{64}$'),
  request_digest   text check (request_digest ~ '^[0-9a-f]{64}$'), -- null: cancelled before it came, which fits any body
  request_id       text not null,
  request_source   text not null,
  entrance         text not null check (entrance in ('grpc', 'kafka')),
  owner            text not null,
  deadline         timestamptz,                -- after it the model is no longer wanted
  recipe           text not null,
  data             text not null,
  settings         jsonb not null,
  seed             bigint,
  resumes          uuid references job,
  state            text not null
    check (state in ('QUEUED', 'RUNNING', 'EVALUATING', 'PUBLISHING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  epoch            bigint not null default 0,  -- grows with every claim; who writes under an older one is refused
  barren           int not null default 0,     -- claims since the last step forward
  worker           text,
  device           text,
  lease_until      timestamptz,
  step             bigint not null default 0,
  furthest         bigint not null default 0,  -- the greatest step of all attempts
  total_steps      bigint not null default 0,
  metrics          jsonb not null default '{}',
  steps_per_s      double precision,           -- the pace, null unless it trains
  eta_s            double precision,
  memory_bytes     bigint,
  device_memory_bytes bigint,
  evaluation       jsonb not null default '{}',
  traces           text,                       -- what is known of the last attempt that died
  taken_version    bigint,                     -- the number it publishes under, kept before it publishes
  model            text,
  model_version    bigint,
  model_digest     text,
  failure_code     text,
  failure_message  text,
  failure_field    text,
  created_at       timestamptz not null default clock_timestamp(),
  changed_at       timestamptz not null default clock_timestamp()
);

create index job_waiting on job (created_at, id) where state in ('QUEUED', 'RUNNING', 'EVALUATING', 'PUBLISHING');
create index job_listed on job (created_at desc, id desc);
create unique index job_device on job (device) where state in ('RUNNING', 'EVALUATING', 'PUBLISHING');

-- The curve, for those who come late. A resumed attempt writes the same steps again, with the same numbers.
create table report (
  job     uuid not null references job on delete cascade,
  step    bigint not null,
  metrics jsonb not null,
  sample  text check (sample ~ '^[0-9a-f]{64}$'), -- an artifact
  at      timestamptz not null default clock_timestamp(),
  primary key (job, step)
);

-- Events of end states, written with them and sent after them.
create table outbox (
  id      bigint generated always as identity primary key,
  job     uuid not null references job on delete cascade,
  topic   text not null,
  key     text not null,
  attributes jsonb not null,
  data    bytea not null
);
