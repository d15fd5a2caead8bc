import { registers } from '@aimwell/contract/registers';
import { useParams } from '@tanstack/react-router';
import { RegisterList } from '../../ui/register/register-list.tsx';
import { NotFoundPage } from '../error-page.tsx';

/** `/o/:org/:register` of any register. */
const RegisterListPage = () => {
  const { register: name } = useParams({ strict: false }) as { register: string };
  const register = registers.find((one) => one.name === name);
  return register === undefined ? <NotFoundPage /> : <RegisterList key={name} register={register} />;
};
export default RegisterListPage;
