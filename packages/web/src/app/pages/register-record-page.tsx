import { registers } from '@aimwell/contract/registers';
import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../../ui/register/record-page.tsx';
import { NotFoundPage } from '../error-page.tsx';

/** `/o/:org/:register/:id` of any register. */
const RegisterRecordPage = () => {
  const { register: name, id } = useParams({ strict: false }) as { register: string; id: string };
  const register = registers.find((one) => one.name === name);
  return register === undefined ? <NotFoundPage /> : <RecordPage key={id} register={register} id={id} />;
};
export default RegisterRecordPage;
