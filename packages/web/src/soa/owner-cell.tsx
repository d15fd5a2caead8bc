import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { Combobox, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { Initials, PersonName } from '../ui/person.tsx';
import { useSomeRecords } from '../ui/record.ts';
import { t } from '../ui/words.ts';
import { useEditing } from './editing.tsx';

/** Who answers for a control: initials, and the directory behind them. */
export const OwnerCell = ({ row, onChange }: { row: SoaRow; onChange: (owner: SoaRow['owner']) => void }) => {
  const { can, whyNot } = useEditing();
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
      setSearch('');
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  });
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search.trim(), 150);
  const found = useSomeRecords('people', asked === '' ? {} : { q: asked }, 50, combobox.dropdownOpened);
  if (!can('owner'))
    return (
      <span title={row.owner === null ? whyNot('owner') : undefined}>
        <Initials name={row.owner?.title ?? null} />
      </span>
    );
  const people = found.data?.items ?? [];
  const choose = (id: string) => {
    const person = people.find((one) => one.id === id);
    combobox.closeDropdown();
    if (id === '') onChange(null);
    else if (person !== undefined && id !== row.owner?.id) onChange({ id, identifier: person.identifier, title: String(person['name']) });
  };
  return (
    <Combobox store={combobox} width={260} position="bottom-end" onOptionSubmit={choose} shadow="none">
      <Combobox.Target withAriaAttributes={false}>
        <button
          type="button"
          className="soa-cell"
          data-cell="owner"
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          aria-label={t('soa.change.owner', { control: row.control, value: row.owner?.title ?? t('soa.nobody') })}
          onClick={() => combobox.toggleDropdown()}
        >
          <Initials name={row.owner?.title ?? null} />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown
        onKeyDown={(event) => {
          if (event.key === 'Escape') combobox.closeDropdown();
        }}
      >
        <Combobox.Search
          value={search}
          aria-label={t('soa.findPerson')}
          placeholder={t('soa.findPerson')}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
            combobox.resetSelectedOption();
          }}
        />
        <Combobox.Options mah={260} style={{ overflowY: 'auto' }} tabIndex={0} aria-label={t('soa.people')}>
          {row.owner === null || asked !== '' ? null : (
            <Combobox.Option value="">
              <PersonName name={null} />
            </Combobox.Option>
          )}
          {people.map((one) => (
            <Combobox.Option key={one.id} value={one.id} active={one.id === row.owner?.id}>
              <PersonName name={String(one['name'])} />
            </Combobox.Option>
          ))}
          {found.isSuccess && people.length === 0 ? <Combobox.Empty>{t('ui.nothingFound')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
};
