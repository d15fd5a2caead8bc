import { readCheckpoint, readEntryProof } from '@aimwell/contract/platform/trail';
import { tlogProofText } from '@aimwell/core/trail/tlog-proof';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../api.ts';
import { NameValues, Say, Waiting } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { saveText } from '../save.ts';
import { useHere } from '../session.tsx';
import { Shape } from '../shapes.tsx';
import { t } from '../words.ts';
import { Hex } from './hex.tsx';
import { type Finding, keyFrom, readSigned, verifyProof } from './verify-proof.ts';

type EntryProof = z.output<typeof readEntryProof.response>;
type Anchored = NonNullable<EntryProof['anchored']>;

/** What stands in the trail for one entry, and whether it leads to the signed root: judged here, in the browser. `version` is that of the record it should be about. */
export const EntryProofView = ({ entry, version }: { entry: string; version?: number }) => {
  const here = useHere();
  const proof = useQuery({
    queryKey: [here.slug, 'trail', 'proof', entry],
    staleTime: 0,
    queryFn: ({ signal }) => call(readEntryProof, { params: { org: here.slug, id: entry } }, { signal }),
  });
  if (proof.data === undefined) return proof.isPending ? <Waiting lines={5} /> : <ProblemView error={proof.error} />;
  const { anchored, envelope } = proof.data;
  return (
    <div className="stack" style={{ gap: 16 }}>
      {anchored === null ? (
        <Say tone="note" icon={<Shape kind="dashed-ring" tone="note" />}>
          {t('trail.proof.notAnchored')}{' '}
          <button type="button" className="link" onClick={() => void proof.refetch()}>
            {t('trail.proof.again')}
          </button>
        </Say>
      ) : (
        <>
          <p className="sm mut">{t('trail.proof.lead', { n: anchored.seq, size: anchored.size })}</p>
          <Verify proof={proof.data} anchored={anchored} {...(version === undefined ? {} : { version })} />
        </>
      )}
      <Bytes title={t('trail.proof.envelope')} help={t('trail.proof.envelopeHelp')} text={envelope} />
      <NameValues rows={[[t('trail.proof.leaf'), <Hex key="leaf" value={proof.data.leafHash} />]]} />
      {anchored === null ? null : <Path anchored={anchored} entry={entry} envelope={envelope} />}
    </div>
  );
};

const Verify = ({ proof, anchored, version }: { proof: EntryProof; anchored: Anchored; version?: number }) => {
  const here = useHere();
  const [own, setOwn] = useState('');
  const verify = useMutation({
    mutationFn: async () => {
      const held = own.trim();
      const keys =
        held === ''
          ? (await call(readCheckpoint, { params: { org: here.slug } })).keys.map(({ verifierKey }) => verifierKey)
          : [keyFrom(held, anchored.checkpoint.split('\n', 1)[0] ?? '') ?? ''];
      return verifyProof({ ...proof, anchored }, keys, version === undefined ? {} : { version });
    },
  });
  return (
    <div className="stack" style={{ gap: 12 }}>
      <details>
        <summary className="sm">{t('trail.proof.ownKey')}</summary>
        <Textarea
          label={t('trail.proof.ownKeyLabel')}
          description={t('trail.proof.ownKeyHelp')}
          autosize
          minRows={2}
          value={own}
          onChange={(event) => {
            setOwn(event.currentTarget.value);
            verify.reset();
          }}
        />
      </details>
      <div>
        <Button variant="filled" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('trail.proof.verify')}
        </Button>
      </div>
      <ProblemView error={verify.error} />
      <div role="status">{verify.data === undefined ? null : <Findings findings={verify.data} own={own.trim() !== ''} />}</div>
    </div>
  );
};

const Findings = ({ findings, own }: { findings: readonly Finding[]; own: boolean }) => {
  const state = findings.some((one) => one.state === 'differs')
    ? 'differs'
    : findings.some((one) => one.state === 'unknown')
      ? 'unknown'
      : 'holds';
  const tone = ({ holds: 'ok', unknown: 'warn', differs: 'bad' } as const)[state];
  return (
    <Say tone={tone} icon={<Shape {...shapes[state]} />}>
      <strong>{t(`trail.proof.result.${state}`)}</strong>
      <ul className="proof-steps">
        {findings.map((one) => (
          <li key={one.step} className="row sm" style={{ alignItems: 'flex-start' }}>
            <Shape {...shapes[one.state]} />
            {t(`trail.proof.steps.${one.step}.${one.state}`)}
          </li>
        ))}
      </ul>
      {own ? null : <p className="xs">{t('trail.proof.keyOfServer')}</p>}
    </Say>
  );
};
const shapes = {
  holds: { kind: 'disc', tone: 'ok' },
  unknown: { kind: 'dashed-ring', tone: 'warn' },
  differs: { kind: 'diamond', tone: 'bad' },
} as const;

/** The hashes on the way to the root, the signed checkpoint, and both as a file for other programs. */
const Path = ({ anchored, entry, envelope }: { anchored: Anchored; entry: string; envelope: string }) => {
  const signed = readSigned(anchored.checkpoint);
  const hashes = anchored.proof.map(bytesOf);
  return (
    <>
      <details>
        <summary className="sm">{t('trail.proof.hashes', { count: anchored.proof.length })}</summary>
        <ol className="proof-hashes" tabIndex={0} aria-label={t('trail.proof.hashes', { count: anchored.proof.length })}>
          {anchored.proof.map((hash) => (
            <li key={hash}>
              <Hex value={hash} />
            </li>
          ))}
        </ol>
      </details>
      {signed === null ? null : <NameValues rows={[[t('trail.proof.root'), <Hex key="root" value={signed.root} />]]} />}
      <Bytes title={t('trail.proof.checkpoint')} help={t('trail.proof.checkpointHelp')} text={anchored.checkpoint} />
      <div className="row wrap">
        <Button
          variant="default"
          onClick={() =>
            saveText(tlogProofText({ index: anchored.seq, hashes, checkpoint: anchored.checkpoint }), `entry-${entry}.tlog-proof`)
          }
        >
          {t('trail.proof.saveProof')}
        </Button>
        <Button variant="default" onClick={() => saveText(envelope, `entry-${entry}.json`, 'application/json')}>
          {t('trail.proof.saveEnvelope')}
        </Button>
      </div>
    </>
  );
};

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

const Bytes = ({ title, help, text }: { title: string; help: string; text: string }) => (
  <div>
    <h3 className="sm m">{title}</h3>
    <p className="xs dim">{help}</p>
    <pre className="proof-bytes" tabIndex={0}>
      {text}
    </pre>
  </div>
);
