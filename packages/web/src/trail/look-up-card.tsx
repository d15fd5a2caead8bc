import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Card } from '../ui/page.tsx';
import { EntryProofView } from '../ui/proof/entry-proof.tsx';
import { t } from '../ui/words.ts';

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One entry by its id, as a pack, a proof or another person names it. The id stands in the address. */
export const LookUpCard = () => {
  const { search, set } = useUrlFilters();
  const entry = textOf(search['entry']);
  const [given, setGiven] = useState(entry ?? '');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = given.trim();
    setWrong(!id.test(found));
    if (id.test(found)) set({ entry: found });
  };
  return (
    <Card title={t('trail.lookUp.title')}>
      <div className="stack" style={{ gap: 16 }}>
        <form className="row wrap" style={{ alignItems: 'flex-start' }} onSubmit={submit}>
          <TextInput
            className="grow"
            label={t('trail.lookUp.id')}
            description={t('trail.lookUp.help')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={wrong ? t('trail.lookUp.noId') : undefined}
            value={given}
            onChange={(event) => setGiven(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" style={{ height: 36, marginTop: 24 }}>
            {t('trail.lookUp.show')}
          </Button>
        </form>
        {entry === undefined || !id.test(entry) ? null : <EntryProofView key={entry} entry={entry} />}
      </div>
    </Card>
  );
};
