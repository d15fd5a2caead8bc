import { Button } from '@mantine/core';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Go } from '../ui/link.tsx';
import { Empty } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';

/** A page that broke: what was said, and the way to try again. What was typed is kept in the tab. */
export const ErrorPage = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  return (
    <div className="page">
      <h1 tabIndex={-1}>{t('ui.errors.pageBroke')}</h1>
      <div className="stack" style={{ marginTop: 16, maxWidth: 640 }}>
        <ProblemView error={error} />
        <p className="sm mut">{t('ui.errors.pageBrokeHelp')}</p>
        <div className="row">
          <Button
            variant="filled"
            onClick={() => {
              reset();
              void router.invalidate();
            }}
          >
            {t('ui.retry')}
          </Button>
          <Button variant="subtle" onClick={() => location.reload()}>
            {t('ui.reload')}
          </Button>
        </div>
        {error instanceof Error ? (
          <details className="xs dim">
            <summary>{t('ui.details')}</summary>
            <pre style={{ whiteSpace: 'pre-wrap' }}>{error.message}</pre>
          </details>
        ) : null}
      </div>
    </div>
  );
};

export const NotFoundPage = () => (
  <div className="page">
    <h1 tabIndex={-1} className="sr">
      {t('ui.notFoundTitle')}
    </h1>
    <Empty
      title={t('ui.notFoundTitle')}
      action={
        <Go className="link" to="/">
          {t('ui.places.home')}
        </Go>
      }
    >
      {t('ui.notFound')}
    </Empty>
  </div>
);
