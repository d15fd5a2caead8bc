import { createHash } from 'node:crypto';
import { CHUNK, type Frame, type FrameWriter } from './frames.ts';
import { damaged } from './errors.ts';
import { type End, End as EndShape, kinds, Manifest, Summary } from './content.ts';
import type { z } from 'zod';

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

/** Writes one section from a source of bytes, in chunks of even size; answers with what its end says. */
export const writeSection = async (
  writer: FrameWriter,
  kind: string,
  head: unknown,
  source: (append: (bytes: AsyncIterable<Uint8Array>) => Promise<void>) => Promise<{ readonly rows?: number } | void>,
): Promise<End> => {
  await writer.write(kind, json(head));
  const sum = createHash('sha256');
  let bytes = 0;
  let waiting: Uint8Array[] = [];
  let held = 0;
  const flush = async () => {
    if (held === 0) return;
    const chunk = Buffer.concat(waiting);
    waiting = [];
    held = 0;
    sum.update(chunk);
    bytes += chunk.length;
    await writer.write(kinds.data, chunk);
  };
  const said = await source(async (all) => {
    for await (const part of all) {
      waiting.push(part);
      held += part.length;
      if (held >= CHUNK) await flush();
    }
  });
  await flush();
  const end: End = { bytes, sha256: sum.digest('hex'), ...(said?.rows === undefined ? {} : { rows: said.rows }) };
  await writer.write(kinds.end, json(end));
  return end;
};

export const writeManifest = (writer: FrameWriter, manifest: Manifest): Promise<void> => writer.write(kinds.manifest, json(manifest));
export const writeSummary = (writer: FrameWriter, summary: Summary): Promise<void> => writer.write(kinds.summary, json(summary), true);

export interface Section {
  readonly kind: string;
  readonly head: unknown;
  /** The bytes, to be read at most once; what is not read is passed over, and checked all the same. */
  readonly content: AsyncIterable<Buffer>;
  /** What the end says; known once the bytes have been read. */
  end(): End;
}

export interface BackupReader {
  readonly manifest: Manifest;
  sections(): AsyncGenerator<Section, void>;
  /** Known once all sections have been read. */
  summary(): Summary;
}

const parsed = <T>(shape: z.ZodType<T>, data: Buffer): T => {
  try {
    return shape.parse(JSON.parse(data.toString('utf8')));
  } catch (error) {
    throw damaged('a part of it says nothing that can be read', error);
  }
};

/** Reads the sections of a backup from its checked frames. */
export const readSections = async (frames: AsyncGenerator<Frame, void>): Promise<BackupReader> => {
  const next = async (): Promise<Frame> => {
    const { value, done } = await frames.next();
    if (done === true || value === undefined) throw damaged('it has no summary at its end');
    return value;
  };
  const first = await next();
  if (first.kind !== kinds.manifest) throw damaged('it does not begin with what it is of');
  const manifest = parsed(Manifest, first.data);
  let summary: Summary | null = null;

  async function* all(): AsyncGenerator<Section, void> {
    for (;;) {
      const frame = await next();
      if (frame.kind === kinds.summary) {
        summary = parsed(Summary, frame.data);
        if ((await frames.next()).done !== true) throw damaged('its summary is not at its end');
        return;
      }
      const section = readOne(frame, next);
      yield section;
      // What nobody wanted to read is checked too.
      for await (const _ of section.content);
      section.end();
    }
  }
  return {
    manifest,
    sections: all,
    summary: () => {
      if (summary === null) throw new Error('expected all sections to be read before the summary');
      return summary;
    },
  };
};

const readOne = (head: Frame, next: () => Promise<Frame>): Section => {
  let end: End | null = null;
  async function* content(): AsyncGenerator<Buffer, void> {
    const sum = createHash('sha256');
    let bytes = 0;
    while (end === null) {
      const frame = await next();
      if (frame.kind === kinds.data) {
        sum.update(frame.data);
        bytes += frame.data.length;
        yield frame.data;
        continue;
      }
      if (frame.kind !== kinds.end) throw damaged('a part of it has no end');
      const said = parsed(EndShape, frame.data);
      if (said.bytes !== bytes || said.sha256 !== sum.digest('hex')) throw damaged('a part of it is not whole');
      end = said;
    }
  }
  // One reader for all who ask: whoever stops in the middle leaves the rest to the next.
  const reader = content();
  return {
    kind: head.kind,
    head: JSON.parse(head.data.toString('utf8')) as unknown,
    content: { [Symbol.asyncIterator]: () => ({ next: () => reader.next() }) },
    end: () => {
      if (end === null) throw new Error('expected the section to be read before its end');
      return end;
    },
  };
};
