import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { ApiProblem } from './api.ts';
import { Shape } from './shapes.tsx';
import { dismissWork, useWorks, type Work } from './tray.ts';
import { t } from './words.ts';

/** Long work at the corner of the page: how far, cancel, what went wrong. */
export const Tray = () => {
  const works = useWorks();
  return (
    <section className="tray no-print" aria-label={t('ui.tray.title')} aria-live="polite">
      {works.map((work) => (
        <Item key={work.id} work={work} />
      ))}
    </section>
  );
};

const shapes = { running: ['half', 'acc'], done: ['disc', 'ok'], failed: ['diamond', 'bad'], cancelled: ['dash', 'none'] } as const;

const Item = ({ work }: { work: Work }) => {
  const [kind, tone] = shapes[work.state];
  const share = work.total === undefined || work.total === 0 ? undefined : work.done / work.total;
  return (
    <div className="tray-item">
      <Shape kind={kind} tone={tone} />
      <div className="grow sm">
        <div className="m">{work.title}</div>
        <div className="xs dim num">
          {work.state === 'failed'
            ? said(work.error)
            : work.state === 'running' && work.total !== undefined
              ? t('ui.nOf', { n: work.done, of: work.total })
              : t(`ui.tray.${work.state}`)}
        </div>
        {work.state === 'running' ? (
          <div className="tray-bar">
            <i style={{ width: share === undefined ? '30%' : `${share * 100}%` }} className={share === undefined ? 'unknown' : ''} />
          </div>
        ) : null}
      </div>
      {work.state === 'running' && work.cancel !== undefined ? (
        <button type="button" className="link xs" onClick={work.cancel}>
          {t('ui.cancel')}
        </button>
      ) : (
        <ActionIcon size={22} aria-label={t('ui.dismiss')} onClick={() => dismissWork(work.id)}>
          <IconX size={14} stroke={1.75} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
};

const said = (error: unknown): string =>
  error instanceof ApiProblem
    ? [error.message, error.problem.problems?.[0]?.message, error.problem.problems?.[0]?.remedy ?? error.problem.remedy]
        .filter(Boolean)
        .join(' ')
    : t('ui.errors.unexpected');
