import { risks } from '@aimwell/contract/risks/risks';
import { Go } from '../ui/link.tsx';
import { RegisterList } from '../ui/register/register-list.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** The register as a table: filters, own views, import, export and many at once. */
export default function RisksTablePage() {
  const here = useHere();
  return (
    <RegisterList
      register={risks}
      columns={['statement', 'system', 'state', 'inherentLevel', 'residualLevel', 'reviewDue', 'owner']}
      standardViews={[
        { name: t('risks.views.above'), filters: { aboveThreshold: 'yes' } },
        { name: t('risks.views.opportunities'), filters: { kind: 'opportunity' } },
      ]}
      actions={
        <Go className="link sm" to={here.to('risks')}>
          {t('risks.matrix')}
        </Go>
      }
    />
  );
}
