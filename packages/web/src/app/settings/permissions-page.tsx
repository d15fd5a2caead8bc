import { organisationActions, roles } from '@aimwell/core/roles/permissions';
import { registers } from '@aimwell/contract/registers';
import { Card } from '../../ui/page.tsx';
import { choiceLabel, commandLabel, registerMany, t } from '../../ui/words.ts';
import { SettingsFrame } from './settings-frame.tsx';

const acts = ['read', 'create', 'change', 'archive'] as const;

/** Who may do what: the same declarations the server enforces, so that page and enforcement cannot differ. */
const PermissionsPage = () => (
  <SettingsFrame title={t('ui.settings.permissions')} lead={t('ui.settings.permissionsLead')}>
    <Card title={t('ui.settings.perRegister')} flush>
      <Matrix
        label={t('ui.settings.perRegister')}
        rows={registers.map((register) => ({
          key: register.name,
          label: registerMany(register.name),
          cell: (role) =>
            acts
              .filter((act) => register.permissions[act].includes(role))
              .map((act) => t(`ui.settings.acts.${act}`))
              .join(''),
        }))}
      />
      <p className="xs dim" style={{ padding: '10px 16px' }}>
        {acts.map((act) => `${t(`ui.settings.acts.${act}`)} = ${t(`ui.settings.actWords.${act}`)}`).join(' · ')}
      </p>
    </Card>
    <Card title={t('ui.settings.perCommand')} flush>
      <Matrix
        label={t('ui.settings.perCommand')}
        rows={registers.flatMap((register) =>
          register.commands.map((command) => ({
            key: `${register.name}.${command.name}`,
            label: `${commandLabel(register.name, command.name)} · ${registerMany(register.name)}`,
            cell: (role) => (command.roles.includes(role) ? '✓' : ''),
          })),
        )}
      />
    </Card>
    <Card title={t('ui.settings.perOrganisation')} flush>
      <Matrix
        label={t('ui.settings.perOrganisation')}
        rows={Object.entries(organisationActions).map(([action, allowed]) => ({
          key: action,
          label: t(`ui.settings.actions.${action.replace('.', '_')}`),
          cell: (role) => ((allowed as readonly string[]).includes(role) ? '✓' : ''),
        }))}
      />
    </Card>
  </SettingsFrame>
);

type Role = (typeof roles)[number];
const Matrix = ({
  label,
  rows,
}: {
  label: string;
  rows: readonly { readonly key: string; readonly label: string; readonly cell: (role: Role) => string }[];
}) => (
  <div className="scroll-x" tabIndex={0} role="group" aria-label={label}>
    <table className="table matrix">
      <thead>
        <tr>
          <td style={{ borderBottom: '1px solid var(--line)' }} />
          {roles.map((role) => (
            <th key={role} scope="col">
              <span>{choiceLabel('roles', 'role', role)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.label}</th>
            {roles.map((role) => {
              const held = row.cell(role);
              return (
                <td key={role}>
                  {held === '' ? (
                    <span className="dim" aria-label={t('ui.no')}>
                      –
                    </span>
                  ) : held === '✓' ? (
                    <span className="t-acc b" aria-label={t('ui.yes')}>
                      ✓
                    </span>
                  ) : (
                    held
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
export default PermissionsPage;
