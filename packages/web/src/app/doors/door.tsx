import type { ReactNode } from 'react';
import { useTitle } from '../../ui/page.tsx';
import { Mark } from '../../ui/shapes.tsx';

/** The calm page before an organisation: sign in, set up, accept, choose. */
export const Door = ({
  title,
  lead,
  wide = false,
  children,
  footer,
}: {
  title: string;
  lead?: ReactNode;
  wide?: boolean;
  children: ReactNode;
  footer?: ReactNode;
}) => {
  useTitle(title);
  return (
    <div className="door">
      <main className={wide ? 'w' : ''} id="content">
        <div className="row" style={{ gap: 12 }}>
          <Mark size={28} />
          <span className="b" style={{ fontSize: 18 }}>
            Aimwell
          </span>
        </div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead === undefined ? null : <p className="mut">{lead}</p>}
        {children}
      </main>
      <footer>
        <span>{location.host}</span>
        {footer}
      </footer>
    </div>
  );
};

/** What may follow signing in: a path inside Aimwell, never another site. */
export const safeNext = (next: unknown): string | undefined =>
  typeof next === 'string' && /^\/(?!\/)[^\\]*$/.test(next) ? next : undefined;

/** The secret after `#`: it never reaches a server's log. */
export const tokenInAddress = (): string => decodeURIComponent(location.hash.replace(/^#/, ''));
