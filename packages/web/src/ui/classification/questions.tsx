import type { ClassificationAnswers, ExemptionAnswers, ProductAnswers } from '@aimwell/core/systems/answers';
import type { ClassificationLaw, LawItem, StepId } from '@aimwell/core/systems/law';
import { TextInput } from '@mantine/core';
import { t } from '../words.ts';
import { ChooseAnswer, ChooseItems } from './choose.tsx';

interface Props {
  readonly law: ClassificationLaw;
  readonly answers: ClassificationAnswers;
  readonly onChange: (answers: ClassificationAnswers) => void;
}
type Question = (props: Props) => React.ReactNode;
type ListKey =
  | 'unionLinks'
  | 'exclusions'
  | 'roles'
  | 'roleChanges'
  | 'prohibitedPractices'
  | 'annexIII'
  | 'transparencyCases'
  | 'modelDuties';

const say = (key: string): string => t(`classification.ask.${key}`);

const Points = ({
  field,
  items,
  groups,
  answers,
  onChange,
  none = true,
}: Props & {
  field: ListKey;
  items?: readonly LawItem[];
  groups?: readonly { title: string; items: readonly LawItem[] }[];
  none?: boolean;
}) => (
  <ChooseItems
    label={say(field)}
    groups={groups ?? [{ items: items ?? [] }]}
    value={answers[field]}
    onChange={(value) => onChange({ ...answers, [field]: value })}
    none={none ? say(`${field}None`) : undefined}
  />
);

const Product = ({ law, answers, onChange }: Props) => {
  const product = answers.product ?? {};
  const set = (change: ProductAnswers) => onChange({ ...answers, product: { ...product, ...change } });
  return (
    <>
      <ChooseItems
        label={say('product')}
        groups={[{ items: law.productRoutes }]}
        value={product.sections}
        onChange={(sections) => set({ sections })}
        none={say('productNone')}
      />
      {(product.sections?.length ?? 0) === 0 ? null : (
        <div className="fs">
          <ChooseAnswer
            label={say('thirdPartyAssessment')}
            value={product.thirdPartyAssessment}
            onChange={(thirdPartyAssessment) => set({ thirdPartyAssessment })}
          />
          <ChooseAnswer
            label={say('assessedForOtherRisksOnly')}
            value={product.assessedForOtherRisksOnly}
            onChange={(assessedForOtherRisksOnly) => set({ assessedForOtherRisksOnly })}
          />
          <ChooseAnswer
            label={say('assistanceOnly')}
            value={product.assistanceOnly}
            onChange={(assistanceOnly) => set({ assistanceOnly })}
          />
          {product.assistanceOnly === 'yes' ? (
            <ChooseAnswer
              label={say('failureEndangers')}
              value={product.failureEndangers}
              onChange={(failureEndangers) => set({ failureEndangers })}
            />
          ) : null}
        </div>
      )}
    </>
  );
};

const Exemption = ({ law, answers, onChange }: Props) => {
  const given = answers.exemption ?? {};
  const set = (change: ExemptionAnswers) => onChange({ ...answers, exemption: { ...given, ...change } });
  if ((answers.annexIII?.length ?? 0) === 0)
    return (
      <p className="mut">{t(answers.annexIII === undefined ? 'classification.exemptionLater' : 'classification.exemptionNotNeeded')}</p>
    );
  const relies = given.profilesPersons !== 'yes' && given.claimed === 'yes';
  return (
    <>
      <ChooseAnswer label={say('profilesPersons')} value={given.profilesPersons} onChange={(profilesPersons) => set({ profilesPersons })} />
      {given.profilesPersons === 'yes' ? (
        <p className="sm mut">{t('classification.exemptionProfiling')}</p>
      ) : (
        <ChooseAnswer label={say('claimed')} value={given.claimed} onChange={(claimed) => set({ claimed })} />
      )}
      {relies ? (
        <>
          <ChooseItems
            label={say('conditions')}
            groups={[{ items: law.exemption.conditions }]}
            value={given.conditions}
            onChange={(conditions) => set({ conditions })}
            none={say('conditionsNone')}
          />
          <ChooseAnswer
            label={say('noSignificantRisk')}
            value={given.noSignificantRisk}
            onChange={(noSignificantRisk) => set({ noSignificantRisk })}
          />
          <Record value={given.record} onChange={(record) => set({ record })} />
        </>
      ) : null}
    </>
  );
};

type RecordAnswer = NonNullable<ExemptionAnswers['record']>;
const Record = ({ value, onChange }: { value: RecordAnswer | undefined; onChange: (value: RecordAnswer | undefined) => void }) => {
  const set = (change: Partial<RecordAnswer>) => {
    const next = { reference: '', assessedBy: '', assessedOn: '', ...value, ...change };
    onChange(Object.values(next).every((one) => one === '') ? undefined : next);
  };
  return (
    <fieldset className="fs">
      <legend>{say('record')}</legend>
      <TextInput
        label={say('recordReference')}
        value={value?.reference ?? ''}
        maxLength={500}
        onChange={(event) => set({ reference: event.currentTarget.value })}
      />
      <div className="form-2">
        <TextInput
          label={say('recordBy')}
          value={value?.assessedBy ?? ''}
          maxLength={200}
          onChange={(event) => set({ assessedBy: event.currentTarget.value })}
        />
        <TextInput
          label={say('recordOn')}
          type="date"
          max="9999-12-31"
          value={value?.assessedOn ?? ''}
          onChange={(event) => set({ assessedOn: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
};

/** What each of the eight steps asks. */
export const questions: Readonly<Record<StepId, Question>> = {
  'ai-system': ({ answers, onChange }) => (
    <ChooseAnswer label={say('aiSystem')} value={answers.aiSystem} onChange={(aiSystem) => onChange({ ...answers, aiSystem })} />
  ),
  scope: (props) => (
    <>
      <Points {...props} field="unionLinks" items={props.law.scope.links} />
      {(props.answers.unionLinks?.length ?? 0) === 0 ? null : <Points {...props} field="exclusions" items={props.law.scope.exclusions} />}
    </>
  ),
  roles: (props) => (
    <>
      <Points {...props} field="roles" items={props.law.roles} none={false} />
      <Points {...props} field="roleChanges" items={props.law.roleChanges} />
    </>
  ),
  prohibited: (props) => <Points {...props} field="prohibitedPractices" items={props.law.prohibitedPractices} />,
  'high-risk': (props) => (
    <>
      <Product {...props} />
      <Points {...props} field="annexIII" groups={props.law.annexIII.map(({ title, points }) => ({ title, items: points }))} />
    </>
  ),
  exemption: Exemption,
  transparency: (props) => (
    <>
      <Points {...props} field="transparencyCases" items={props.law.transparencyCases} />
      <TextInput
        label={say('placedOnMarketOn')}
        description={t('classification.placedHelp')}
        type="date"
        max="9999-12-31"
        style={{ maxWidth: 320 }}
        value={props.answers.placedOnMarketOn ?? ''}
        onChange={(event) => {
          const { placedOnMarketOn: _, ...rest } = props.answers;
          props.onChange(event.currentTarget.value === '' ? rest : { ...rest, placedOnMarketOn: event.currentTarget.value });
        }}
      />
    </>
  ),
  model: (props) => <Points {...props} field="modelDuties" items={props.law.modelDuties} />,
};
