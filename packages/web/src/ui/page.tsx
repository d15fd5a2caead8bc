import { type ReactNode, useEffect, useId } from 'react';

/** Names the browser's tab. */
export const useTitle = (title: string): void => {
  useEffect(() => {
    document.title = title === '' ? 'Aimwell' : `${title} · Aimwell`;
  }, [title]);
};

/** Head of a page: title, a count beside it, actions at the right. The title takes the focus after navigation. */
export const PageHead = ({
  title,
  count,
  children,
  above,
}: {
  title: string;
  count?: ReactNode;
  children?: ReactNode;
  above?: ReactNode;
}) => {
  useTitle(title);
  return (
    <>
      {above}
      <div className="page-head">
        <h1 tabIndex={-1}>{title}</h1>
        {count === undefined ? null : <span className="mut num">{count}</span>}
        <span className="grow" />
        {children}
      </div>
    </>
  );
};

/** A card with a heading. `actions` stand at the right of it, `count` beside it; `flush` leaves the body without margin (tables, rows). */
export const Card = ({
  title,
  count,
  actions,
  flush = false,
  children,
  level = 2,
}: {
  title?: string;
  count?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children?: ReactNode;
  level?: 2 | 3;
}) => {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section className="card" {...(title === undefined ? {} : { 'aria-labelledby': id })}>
      {title === undefined ? null : (
        <header>
          <Heading id={id}>{title}</Heading>
          {count === undefined ? null : <span className="dim sm num">{count}</span>}
          <span className="grow" />
          {actions}
        </header>
      )}
      {flush ? children : <div className="body">{children}</div>}
    </section>
  );
};

/** Names and values in two columns. */
export const NameValues = ({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="kv">{rows.map(([name, value]) => [<dt key={`${name}-n`}>{name}</dt>, <dd key={name}>{value}</dd>])}</dl>
);

/** Nothing here yet: what this place is for, an example, and the way to begin. */
export const Empty = ({
  title,
  children,
  example,
  action,
}: {
  title: string;
  children?: ReactNode;
  example?: ReactNode;
  action?: ReactNode;
}) => (
  <div className="empty">
    <p className="t">{title}</p>
    {children === undefined ? null : (
      <p className="sm" style={{ maxWidth: 480 }}>
        {children}
      </p>
    )}
    {action}
    {example === undefined ? null : (
      <div className="ex">
        <span className="xs dim m">For example</span>
        <div>{example}</div>
      </div>
    )}
  </div>
);

/** Grey lines where content will stand, so that nothing jumps. */
export const Waiting = ({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }) => (
  <div className="stack" role="status" style={{ padding: 16, gap: 12 }}>
    <span className="sr">{label}</span>
    {Array.from({ length: lines }, (_, line) => (
      <div key={line} className="skeleton" style={{ width: `${90 - (line % 3) * 18}%` }} />
    ))}
  </div>
);

/** A message in a soft ground. */
export const Say = ({ tone, children, icon }: { tone: 'ok' | 'warn' | 'bad' | 'note'; children: ReactNode; icon?: ReactNode }) => (
  <div className={`say-box ${tone}`}>
    {icon}
    <div className="grow">{children}</div>
  </div>
);
