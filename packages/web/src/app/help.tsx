import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { request } from '../ui/api.ts';
import { NameValues } from '../ui/page.tsx';
import { t } from '../ui/words.ts';

interface Term {
  readonly id: string;
  readonly term: string;
  readonly meaning: string;
}

/** Keys, and the words of the field in one meaning each. */
const Help = ({ onClose }: { onClose: () => void }) => {
  const [search, setSearch] = useState('');
  const glossary = useQuery({
    queryKey: ['catalog', 'glossary'],
    staleTime: Infinity,
    queryFn: () => request<{ terms: readonly Term[] }>('GET', '/api/v1/catalog/glossary'),
  });
  const asked = search.trim().toLowerCase();
  const terms = (glossary.data?.terms ?? []).filter(
    ({ term, meaning }) => asked === '' || term.toLowerCase().includes(asked) || meaning.toLowerCase().includes(asked),
  );
  const keys = [
    ['Ctrl K', t('ui.help.palette')],
    ['J / K', t('ui.help.walk')],
    ['Enter', t('ui.help.open')],
    ['Space', t('ui.help.preview')],
    ['X', t('ui.help.select')],
    ['Esc', t('ui.help.leave')],
    ['?', t('ui.help.title')],
  ] as const;
  return (
    <Modal opened onClose={onClose} title={t('ui.help.title')} size="lg">
      <div className="stack">
        <section>
          <h2>{t('ui.help.keys')}</h2>
          <NameValues rows={keys.map(([key, what]) => [key, what] as const)} />
        </section>
        <section className="stack" style={{ gap: 8 }}>
          <h2>{t('ui.help.words')}</h2>
          <TextInput
            type="search"
            aria-label={t('ui.help.findWord')}
            placeholder={t('ui.help.findWord')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <dl style={{ margin: 0, maxHeight: 320, overflow: 'auto' }} tabIndex={0} aria-label={t('ui.help.words')}>
            {terms.map((one) => (
              <div key={one.id} style={{ padding: '6px 0' }}>
                <dt className="m">{one.term}</dt>
                <dd className="sm mut" style={{ margin: 0 }}>
                  {one.meaning}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
};
export default Help;
