import { Modal } from '@mantine/core';
import { EntryProofView } from './entry-proof.tsx';

interface Props {
  readonly entry: string;
  /** The version of the record that the entry should be about. */
  readonly version?: number;
  readonly title: string;
  readonly onClose: () => void;
}

/** The proof of an entry beside the page that told of it. */
const ProofDialog = ({ entry, version, title, onClose }: Props) => (
  <Modal opened onClose={onClose} title={title} size="lg">
    <EntryProofView entry={entry} {...(version === undefined ? {} : { version })} />
  </Modal>
);
export default ProofDialog;
