import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { ActionButton } from '../ui/action-button.tsx';
import { useTitle } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import type { Hour } from './hour.ts';
import { before, type StepId, steps } from './steps.ts';

/** What every step gets: where the hour stands, and the ways on and back. */
export interface StepProps {
  readonly hour: Hour;
  /** Marks this step as done, keeps what it found out, and goes on. */
  readonly goOn: (changes?: Partial<Hour> & { readonly name?: string }) => void;
  /** Goes on and leaves this step open. */
  readonly later: () => void;
  readonly goTo: (step: StepId) => void;
  readonly busy: boolean;
}

interface FrameProps extends Omit<StepProps, 'hour'> {
  readonly step: StepId;
  readonly title?: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** The one button that moves on; without it "Go on". */
  readonly verb?: string;
  readonly onNext?: () => void;
  /** Why it cannot go on yet. */
  readonly blocked?: string | undefined;
  readonly error?: unknown;
  /** A step that brings its own button at its foot. */
  readonly bare?: boolean;
}

/** A step: its number, question and lead, what is to be done, and the ways back, past and on. */
export const StepFrame = ({
  step,
  title,
  lead,
  children,
  verb,
  onNext,
  blocked,
  error,
  goOn,
  later,
  goTo,
  busy,
  bare = false,
}: FrameProps) => {
  const number = steps.findIndex(({ id }) => id === step) + 1;
  const words = title ?? t(`first-hour.steps.${step}.title`);
  const back = before(step);
  useTitle(`${t('first-hour.title')}: ${words}`);
  return (
    <>
      <div className="fh-body">
        <p className="sm dim">{t('first-hour.stepOf', { n: number, of: steps.length })}</p>
        <h1 tabIndex={-1}>{words}</h1>
        <p className="fh-lead">{lead}</p>
        {children}
        <ProblemView error={error} />
      </div>
      <div className="fh-foot">
        {back === undefined ? null : (
          <Button variant="subtle" onClick={() => goTo(back)}>
            {t('first-hour.back')}
          </Button>
        )}
        <span className="grow" />
        {step === 'end' ? null : (
          <Button variant="subtle" loading={busy} onClick={later}>
            {t('first-hour.later')}
          </Button>
        )}
        {bare ? null : (
          <ActionButton variant="filled" loading={busy} blocked={blocked} onClick={onNext ?? (() => goOn())}>
            {verb ?? t('first-hour.goOn')}
          </ActionButton>
        )}
      </div>
    </>
  );
};
