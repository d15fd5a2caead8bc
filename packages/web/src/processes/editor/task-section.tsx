import { jobNames } from '@aimwell/contract/processes/job-names';
import { t } from '../../ui/words.ts';
import { useMaps } from '../calls.ts';
import { PersonSection } from './person-section.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { kindOf, ownIn, textIn } from './model.ts';
import { NamedField } from './named-field.tsx';
import type { SectionProps } from './use-drawing.ts';

const taskTypes = ['UserTask', 'ManualTask', 'ServiceTask', 'SendTask', 'ReceiveTask', 'BusinessRuleTask'];

/** What a task is, and what its kind asks for. */
export const TaskSection = ({ board, element }: SectionProps) => {
  const kind = kindOf(element);
  return (
    <>
      {kind === 'CallActivity' ? null : (
        <ChoiceField
          label={t('drawing.kind')}
          clearable={false}
          choices={taskTypes.map((type) => ({ value: type, label: t(`drawing.kinds.${type}`) }))}
          value={kind}
          onChange={(type) => {
            if (type === '' || type === kind) return;
            const next = board.drawing.get('bpmnReplace').replaceElement(element, { type: `bpmn:${type}` });
            board.drawing.get('selection').select(next);
          }}
        />
      )}
      {kind === 'UserTask' || kind === 'ManualTask' ? <PersonSection board={board} element={element} /> : null}
      {kind === 'ServiceTask' || kind === 'SendTask' ? <Job board={board} element={element} /> : null}
      {kind === 'BusinessRuleTask' ? <Rule board={board} element={element} /> : null}
      {kind === 'ReceiveTask' ? (
        <NamedField board={board} element={element} carrier={element.businessObject} event="MessageEventDefinition" />
      ) : null}
      {kind === 'CallActivity' ? <Called board={board} element={element} /> : null}
    </>
  );
};

const Job = ({ board: { changes }, element }: SectionProps) => (
  <ChoiceField
    label={t('drawing.job')}
    choices={jobNames.map((job) => ({ value: job, label: t(`drawing.jobs.${job}`) }))}
    value={textIn(ownIn(element.businessObject, 'aims:Step'), 'job')}
    onChange={(job) => changes.own(element, 'aims:Step', { job })}
  />
);

const Rule = ({ board: { changes }, element }: SectionProps) => {
  const step = ownIn(element.businessObject, 'aims:Step');
  return (
    <>
      <TextField
        label={t('drawing.rule')}
        description={t('drawing.feelHelp')}
        lines={2}
        code
        value={textIn(step, 'rule')}
        onCommit={(rule) => changes.own(element, 'aims:Step', { rule })}
      />
      <TextField
        label={t('drawing.result')}
        code
        value={textIn(step, 'result')}
        onCommit={(result) => changes.own(element, 'aims:Step', { result })}
      />
    </>
  );
};

const Called = ({ board: { changes }, element }: SectionProps) => {
  const maps = useMaps();
  const step = ownIn(element.businessObject, 'aims:Step');
  return (
    <>
      <ChoiceField
        label={t('drawing.called')}
        choices={(maps.data?.items ?? []).map(({ key, name }) => ({ value: key, label: name }))}
        value={textIn(element.businessObject, 'calledElement')}
        onChange={(key) => changes.properties(element, element.businessObject, { calledElement: key === '' ? undefined : key })}
      />
      <TextField
        label={t('drawing.calledVersion')}
        description={t('drawing.calledVersionHelp')}
        value={textIn(step, 'calledVersion')}
        onCommit={(text) => {
          if (/^\d{0,6}$/u.test(text)) changes.own(element, 'aims:Step', { calledVersion: text === '' ? undefined : Number(text) });
        }}
      />
    </>
  );
};
