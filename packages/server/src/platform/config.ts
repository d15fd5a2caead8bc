import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartError } from './database/embedded/errors.ts';

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where people reach the product; links in mails and the origin check use it. */
  readonly publicUrl: string;
  readonly dataDirectory: string;
  readonly databaseUrl: string | null;
  readonly smtpUrl: string | null;
  /** A time-stamp authority (RFC 3161 over HTTP) for checkpoints and audit packs; none is asked without. */
  readonly tsaUrl?: string | null;
  readonly mailFrom: string;
  readonly maxUploadBytes: number;
  /** Hour of the night, 0 to 23 in each organisation's time zone, at which the trail is checked; 3 unless set. */
  readonly checkHour?: number;
  /** True behind a reverse proxy that sets X-Forwarded-For; the limits on sign-in count by it. */
  readonly trustProxy?: boolean;
  /** Webhooks may lead into the own network; only for installations whose organisations may reach everything there. */
  readonly allowPrivateWebhooks?: boolean;
}

/** Reads the settings from the environment; throws StartError with one sentence for a value that cannot be right. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const port = Number(env['PORT'] ?? '4600');
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new StartError('INVALID_SETTING', `PORT is "${env['PORT']}".`, 'Set PORT to a number from 1 to 65535.');
  const host = env['HOST'] ?? '127.0.0.1';
  const publicUrl = (
    env['AIMWELL_URL'] ?? `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  ).replace(/\/+$/, '');
  if (!URL.canParse(publicUrl))
    throw new StartError(
      'INVALID_SETTING',
      `AIMWELL_URL is "${publicUrl}".`,
      'Set AIMWELL_URL to an address such as https://aims.example.org.',
    );
  const checkHour = Number(env['AIMWELL_CHECK_HOUR'] ?? '3');
  if (!Number.isInteger(checkHour) || checkHour < 0 || checkHour > 23)
    throw new StartError(
      'INVALID_SETTING',
      `AIMWELL_CHECK_HOUR is "${env['AIMWELL_CHECK_HOUR']}".`,
      'Set AIMWELL_CHECK_HOUR to an hour from 0 to 23.',
    );
  const tsaUrl = env['AIMWELL_TSA_URL'] ?? '';
  if (tsaUrl !== '' && !/^https?:$/.test(URL.canParse(tsaUrl) ? new URL(tsaUrl).protocol : ''))
    throw new StartError(
      'INVALID_SETTING',
      `AIMWELL_TSA_URL is "${tsaUrl}".`,
      'Set AIMWELL_TSA_URL to the address of a time-stamp authority, such as https://tsa.example.org/tsr.',
    );
  const databaseUrl = env['DATABASE_URL'] ?? '';
  if (databaseUrl === '' && env['NODE_ENV'] === 'production' && env['AIMWELL_EMBEDDED'] !== '1')
    throw new StartError(
      'INVALID_SETTING',
      'NODE_ENV is production and DATABASE_URL is not set.',
      'Set DATABASE_URL, or AIMWELL_EMBEDDED=1 to run on the embedded PostgreSQL on purpose.',
    );
  return {
    host,
    port,
    publicUrl,
    dataDirectory: path.resolve(env['AIMWELL_DATA'] ?? fileURLToPath(new URL('../../../../.data', import.meta.url))),
    databaseUrl: databaseUrl === '' ? null : databaseUrl,
    smtpUrl: env['AIMWELL_SMTP_URL'] ?? null,
    tsaUrl: tsaUrl === '' ? null : tsaUrl,
    mailFrom: env['AIMWELL_MAIL_FROM'] ?? 'aimwell@localhost',
    maxUploadBytes: Number(env['AIMWELL_MAX_UPLOAD_MB'] ?? '2048') * 1_048_576,
    checkHour,
    trustProxy: env['AIMWELL_TRUST_PROXY'] === '1',
    allowPrivateWebhooks: env['AIMWELL_ALLOW_PRIVATE_WEBHOOKS'] === '1',
  };
};
