import type { Config } from '../config.ts';
import type { Mail } from '../mail/mail.ts';
import type { Sealer } from '../secrets/seal.ts';
import { requestStamp } from '../trail/time-stamp.ts';
import type { LeavingParts, StampAuthority } from './parts.ts';

const authorityOf = (url: string | null | undefined): StampAuthority | null =>
  url === null || url === undefined ? null : { name: new URL(url).host, request: (bytes) => requestStamp({ url, bytes }) };

/** What checkpoints leave by, as the operator has set it up. */
export const openLeaving = (
  config: Pick<Config, 'tsaUrl' | 'allowPrivateWebhooks'>,
  { mail, sealer, now }: { readonly mail: Mail; readonly sealer: Sealer; readonly now: () => Date },
): LeavingParts => ({
  mail,
  sealer,
  now,
  authority: authorityOf(config.tsaUrl),
  reach: { allowPrivate: config.allowPrivateWebhooks === true },
});
