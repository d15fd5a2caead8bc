import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { Card, Empty } from '../ui/page.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** Rules that could not judge, by the records they miss: never counted as met. */
export const UnjudgedRules = ({ rules }: { rules: ConformityView['notJudged'] }) => {
  const groups = [...Map.groupBy(rules, ({ missing }) => missing)].toSorted(([, one], [, other]) => other.length - one.length);
  if (groups.length === 0)
    return (
      <div className="card">
        <Empty title={t('home.allJudged')} />
      </div>
    );
  return (
    <Card title={t('home.showing.not-judged')} count={rules.length} flush>
      <ul className="unjudged">
        {groups.map(([missing, some]) => (
          <li key={missing}>
            <div className="sm">
              <span className="xs dim">{t('home.missing')}</span>
              <div className="m cap">{missing}</div>
            </div>
            <ul className="found" style={{ listStyle: 'none' }}>
              {some.map((rule) => (
                <Rule key={rule.rule} rule={rule} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
};

const Rule = ({ rule: { rule, title, group } }: { rule: ConformityView['notJudged'][number] }) => (
  <li style={{ gridTemplateColumns: '44px minmax(0, 1fr)', border: 0, padding: '1px 0' }}>
    <span className="id">{rule}</span>
    <span>
      {title}
      {group === 'standard' ? null : <span className="dim"> · {t(`home.groups.${group}`)}</span>}
    </span>
  </li>
);

/** Rules that looked at records and had nothing against any, with how many they looked at. */
export const MetRules = ({ rules }: { rules: ConformityView['met'] }) =>
  rules.length === 0 ? (
    <div className="card">
      <Empty title={t('home.noneMet')} />
    </div>
  ) : (
    <Card title={t('home.showing.met')} count={rules.length} flush>
      <div className="scroll-x">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('home.rule')}</th>
              <th scope="col">{t('home.doesNotHappen')}</th>
              <th scope="col" className="r">
                {t('home.looked')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rules.map(({ rule, title, population }) => (
              <tr key={rule}>
                <td className="id">{rule}</td>
                <td>
                  <span className="row">
                    <Shape kind="disc" tone="ok" />
                    {title}
                  </span>
                </td>
                <td className="r num">{population.toLocaleString('en')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
