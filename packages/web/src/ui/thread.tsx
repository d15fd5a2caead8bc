import { IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Go } from './link.tsx';
import { Card } from './page.tsx';

export interface ThreadNode {
  /** What kind of thing: Risk, Treatment, Control… */
  readonly kind: string;
  readonly icon?: ReactNode;
  /** Absent = this link is missing; `title` then says what is missing. */
  readonly to?: string;
  readonly title: string;
  readonly meta?: ReactNode;
}

/** Risk → treatment → control → SoA → evidence → finding: the reasons of a record as one line that can be walked. */
export const Thread = ({
  nodes,
  title,
  count,
  actions,
}: {
  nodes: readonly ThreadNode[];
  title: string;
  count?: string;
  actions?: ReactNode;
}) => (
  <Card title={title} flush {...(count === undefined ? {} : { count })} actions={actions}>
    <div className="thread">
      {nodes.map((node, index) => {
        const inside = (
          <>
            <span className="xs dim row" style={{ gap: 5 }}>
              {node.icon}
              {node.kind}
            </span>
            <span className={node.to === undefined ? 'gap' : 'm'}>{node.title}</span>
            <span className="xs dim">{node.meta}</span>
            {index < nodes.length - 1 ? (
              <span className="arr" aria-hidden="true">
                <IconChevronRight size={11} stroke={2} />
              </span>
            ) : null}
          </>
        );
        return node.to === undefined ? (
          <div key={index}>{inside}</div>
        ) : (
          <Go key={index} to={node.to}>
            {inside}
          </Go>
        );
      })}
    </div>
  </Card>
);
