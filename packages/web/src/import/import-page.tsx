import { registers } from '@aimwell/contract/registers';
import { useParams } from '@tanstack/react-router';
import { Go } from '../ui/link.tsx';
import { Empty, PageHead } from '../ui/page.tsx';
import { ImportWizard } from '../ui/import/wizard.tsx';
import { useHere } from '../ui/session.tsx';
import { registerMany, t } from '../ui/words.ts';

/** Import of a spreadsheet into one register. */
const ImportPage = () => {
  const here = useHere();
  const { register: name } = useParams({ strict: false }) as { register?: string };
  const register = registers.find((one) => one.name === name);
  const what = registerMany(name ?? '');
  if (register === undefined || !register.importable || !here.may('import.run') || !here.holds(register.permissions.create)) {
    return (
      <div className="page">
        <PageHead title={t('import.cannot', { what })} />
        <Empty
          title={t('import.cannotWhy')}
          action={
            <Go className="link" to={here.to()}>
              {t('import.home')}
            </Go>
          }
        />
      </div>
    );
  }
  return (
    <div className="page" style={{ maxWidth: 1240 }}>
      <PageHead
        title={t('import.title', { what })}
        above={
          <Go className="link sm" to={here.to(register.name)}>
            {what}
          </Go>
        }
      />
      <ImportWizard register={register} />
    </div>
  );
};
export default ImportPage;
