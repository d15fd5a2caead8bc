import type { OpenHouse } from './compose.ts';
import { createInvitationLetters, invitationLetter } from './platform/identity/letters.ts';
import { createLeavingHandlers } from './platform/leaving/handlers.ts';
import type { Handlers } from './platform/outbox/handler.ts';
import { createProcessHandlers } from './processes/handlers.ts';

/** Who carries out what the outbox holds, by kind of message. A room that enqueues a kind names its handler here. */
export const handlersOf = ({ identity, leaving, config, now }: OpenHouse): Handlers => ({
  [invitationLetter]: createInvitationLetters(identity.parts),
  ...createLeavingHandlers(leaving),
  ...createProcessHandlers({ mail: identity.parts.mail, publicUrl: config.publicUrl, now }),
});
