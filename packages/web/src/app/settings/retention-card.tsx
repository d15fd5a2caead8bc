import type { OrganisationSettings } from '@aimwell/contract/identity/views';
import { retentionDefaults } from '@aimwell/core/evidence/retention-rules';
import { Card } from '../../ui/page.tsx';
import { registerMany, t } from '../../ui/words.ts';
import { Line } from './intervals-card.tsx';

interface Props {
  readonly settings: OrganisationSettings;
  readonly may: boolean;
  readonly onSave: (retention: NonNullable<OrganisationSettings['retention']>) => void;
}

/** How many years each kind of record is kept: our proposal with its reason until the organisation adopts its own. */
export const RetentionCard = ({ settings, may, onSave }: Props) => (
  <Card title={t('ui.settings.retention')} flush>
    <p className="sm mut" style={{ padding: '10px 16px 4px' }}>
      {t('ui.settings.retentionHelp')}
    </p>
    {retentionDefaults.map(({ register, years, reason }) => {
      const own = settings.retention?.[register];
      return (
        <Line
          key={register}
          label={registerMany(register)}
          help={reason}
          row={{ name: register, value: own ?? years, initial: years, adopted: own !== undefined }}
          may={may}
          onSave={(value) => onSave({ ...settings.retention, [register]: value })}
        />
      );
    })}
  </Card>
);
