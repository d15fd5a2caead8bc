import { ClassificationQuestions } from '../ui/classification/classification-form.tsx';
import type { CommandFormProps } from '../ui/room.ts';

/** The eight questions of the AI Act. */
export default function ClassifyForm(props: CommandFormProps) {
  return <ClassificationQuestions {...props} />;
}
