import type { ErasureView } from '@aimwell/contract/identity/erasure';
import { formatDay } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { NameValues, Say } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { registerMany, t } from '../ui/words.ts';

/** What goes, in numbers and by record, and what stays in any case. */
export const Goes = ({ view: { goes, stays } }: { view: ErasureView }) => (
  <div className="stack" style={{ gap: 8 }}>
    <NameValues
      rows={[
        [t('roles.erasure.payloads'), goes.payloads],
        [t('roles.erasure.account'), t(`roles.erasure.accounts.${goes.account}`)],
        ...(goes.invitations > 0 ? ([[t('roles.erasure.invitations'), goes.invitations]] as [string, number][]) : []),
        ...goes.texts
          .filter(({ register }) => register !== null)
          .map(({ register, rows, records }): [string, React.ReactNode] => [
            registerMany(register ?? ''),
            <RecordLinks key={register} records={records} more={rows - records.length} />,
          ]),
      ]}
    />
    {stays.sharedName ? <p className="sm">{t('roles.erasure.sharedName')}</p> : null}
    {stays.fileNames > 0 ? <p className="sm">{t('roles.erasure.fileNames', { count: stays.fileNames })}</p> : null}
    {stays.mapFiles > 0 ? <p className="sm">{t('roles.erasure.mapFiles', { count: stays.mapFiles })}</p> : null}
  </div>
);

type Linked = ErasureView['duties'];

const RecordLinks = ({ records, more = 0 }: { records: Linked; more?: number }) => {
  const here = useHere();
  return (
    <span className="row wrap" style={{ gap: 8 }}>
      {records.slice(0, 12).map(({ register, id, identifier, title }) => (
        <Go key={`${register}${id}`} className="link" to={here.to(register === 'process-tasks' ? 'tasks' : register, id)}>
          <span className="id">{identifier}</span> {title}
        </Go>
      ))}
      {records.length > 12 || more > 0 ? (
        <span className="dim">{t('roles.erasure.more', { count: Math.max(0, records.length - 12) + Math.max(0, more) })}</span>
      ) : null}
    </span>
  );
};

/** What the person who erases has to mend first: no choice opens it. */
export const Closed = ({ view: { against } }: { view: ErasureView }) => {
  const here = useHere();
  return (
    <>
      {against
        .filter(({ code }) => !choices.has(code))
        .map(({ code, message, remedy }) => (
          <Say key={code} tone="bad" icon={<Shape kind="diamond" tone="bad" />}>
            <div className="m">{message}</div>
            <div className="mut">
              {remedy}{' '}
              {code === 'LEGAL_HOLD' ? null : (
                <Go className="link in-text" to={here.to('settings', 'members')}>
                  {t('ui.settings.members')}
                </Go>
              )}
            </div>
          </Say>
        ))}
    </>
  );
};

const choices = new Set(['OPEN_DUTIES', 'SIGNATURE_RETAINED']);

/** True when something stands against it that only a deed elsewhere takes away. */
export const isClosed = ({ against }: ErasureView): boolean => against.some(({ code }) => !choices.has(code));

export const Duties = ({ duties }: { duties: Linked }) => (
  <div className="sm">
    <div className="m">{t('roles.erasure.duties', { count: duties.length })}</div>
    <RecordLinks records={duties} />
  </div>
);

export const Signatures = ({ signatures }: { signatures: ErasureView['signatures'] }) => {
  const here = useHere();
  return (
    <div className="sm">
      <div className="m">{t('roles.erasure.signatures', { count: signatures.length })}</div>
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {signatures.map(({ register, id, identifier, title, approvedOn, until }) => (
          <li key={`${register}${id}`}>
            {register === 'process-versions' ? (
              // A version has no page of its own.
              <span>
                <span className="id">{identifier}</span> {title}
              </span>
            ) : (
              <Go className="link" to={here.to(register, id)}>
                <span className="id">{identifier}</span> {title}
              </Go>
            )}{' '}
            <span className="mut">
              {until === null
                ? t('roles.erasure.inForce', { on: formatDay(approvedOn) })
                : t('roles.erasure.until', { on: formatDay(approvedOn), until: formatDay(until) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** What will have to be settled next, so that nobody takes access away and learns of it only then. */
export const Ahead = ({ view: { duties, signatures } }: { view: ErasureView }) => (
  <>
    {duties.length > 0 ? <Duties duties={duties} /> : null}
    {signatures.length > 0 ? <Signatures signatures={signatures} /> : null}
  </>
);
