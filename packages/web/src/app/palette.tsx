import '@mantine/spotlight/styles.css';
import { registers } from '@aimwell/contract/registers';
import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconFileText, IconPlus, IconSearch, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { request } from '../ui/api.ts';
import { useCatalog } from '../ui/form/catalog.ts';
import { type Here, useHere } from '../ui/session.tsx';
import { inSentence, loadWords, registerMany, registerOne, t } from '../ui/words.ts';
import { placeGroups, placesFor } from './rail.tsx';

interface Line {
  readonly key: string;
  readonly label: string;
  readonly detail?: string;
  readonly icon: ReactNode;
  readonly run: () => void;
}
const [store, { open }] = createSpotlight();
/** The list scrolls inside: readers who use keys alone must be able to reach it. */
const scrolling = { viewportProps: { tabIndex: 0 } } as object;

/** Marks the first line as chosen; the library does so only for actions given as data. */
const chooseFirst = (): void => {
  const list = document.getElementById(store.getState().listId);
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected');
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.updateState((state) => ({ ...state, selected: 0 }));
};
const small = { size: 17, stroke: 1.75, 'aria-hidden': true } as const;

/** Ctrl K: go to a place, create a record, find a record of any register, a control, a term. */
const Palette = ({ opening }: { opening: number }) => {
  const here = useHere();
  const [query, setQuery] = useState('');
  const [words, setWords] = useState(false);
  useEffect(() => {
    void loadWords('registers').then(() => setWords(true));
  }, []);
  useEffect(() => {
    open();
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each opening counts, its number does not
  }, [opening]);
  const groups = useLines(here, query.trim(), words);
  const keys = groups.flatMap(([, lines]) => lines.map(({ key }) => key)).join();
  // The first line is chosen as soon as it stands there, so that Enter goes to the best find.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      chooseFirst();
    });
    return () => cancelAnimationFrame(frame);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- new lines are what calls for a new choice
  }, [keys]);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      maxHeight={420}
      scrollable
      clearQueryOnClose
      overlayProps={{ blur: 0, backgroundOpacity: 0.25 }}
    >
      <Modal.Title className="sr">{t('ui.palette.open')}</Modal.Title>
      <Spotlight.Search placeholder={t('ui.palette.open')} aria-label={t('ui.palette.open')} leftSection={<IconSearch {...small} />} />
      <Spotlight.ActionsList {...scrolling}>
        {groups.every(([, lines]) => lines.length === 0) ? <Spotlight.Empty>{t('ui.nothingFound')}</Spotlight.Empty> : null}
        {groups.map(([label, lines]) =>
          lines.length === 0 ? null : (
            <Spotlight.ActionsGroup key={label} label={label}>
              {lines.map((line) => (
                <Spotlight.Action
                  key={line.key}
                  label={line.label}
                  {...(line.detail === undefined ? {} : { description: line.detail })}
                  leftSection={line.icon}
                  onClick={line.run}
                />
              ))}
            </Spotlight.ActionsGroup>
          ),
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
};

const useLines = (here: Here, query: string, words: boolean): readonly (readonly [string, readonly Line[]])[] => {
  const navigate = useNavigate();
  const go = (to: string) => () => {
    void navigate({ to: to as '/' });
  };
  const [asked] = useDebouncedValue(query, 120);
  const typed = asked.length >= 2;
  const found = useQuery({
    queryKey: [here.slug, 'search', asked],
    enabled: typed,
    queryFn: ({ signal }) =>
      request<{ items: readonly { register: string; id: string; identifier: string; title: string }[] }>('GET', here.api('search'), {
        query: { q: asked, limit: 12 },
        signal,
      }),
  });
  const controls = useCatalog('controls', typed);
  const has = (text: string) => text.toLowerCase().includes(query.toLowerCase());
  const places = [...placeGroups, 'settings' as const].flatMap((group) => placesFor(here, group)).filter((place) => has(t(place.label)));
  const creating = words
    ? registers.filter(
        (register) =>
          register.permissions.create.length > 0 &&
          here.holds(register.permissions.create) &&
          has(`${t('ui.palette.create')} ${registerOne(register.name)} ${registerMany(register.name)}`),
      )
    : [];
  return [
    [
      t('ui.palette.records'),
      typed
        ? (found.data?.items ?? []).map((item) => ({
            key: item.id,
            label: item.title,
            detail: `${item.identifier} · ${registerOne(item.register)}`,
            icon: <IconFileText {...small} />,
            run: go(here.to(item.register, item.id)),
          }))
        : [],
    ],
    [
      t('ui.palette.places'),
      places.slice(0, typed ? 5 : 40).map((place) => {
        const Icon = place.icon;
        return {
          key: place.to,
          label: t(place.label),
          icon: <Icon {...small} />,
          run: go(place.to === '' ? here.to() : here.to(...place.to.split('/'))),
        };
      }),
    ],
    [
      t('ui.palette.create'),
      creating.slice(0, typed ? 5 : 6).map((register) => ({
        key: `new-${register.name}`,
        label: t('ui.newOne', { what: inSentence(registerOne(register.name)) }),
        icon: <IconPlus {...small} />,
        run: go(here.to(register.name, 'new')),
      })),
    ],
    [
      t('ui.palette.controls'),
      typed
        ? (controls.data ?? [])
            .filter((item) => has(`${item.id} ${item.title}`))
            .slice(0, 5)
            .map((item) => ({
              key: item.id,
              label: `${item.id} ${item.title}`,
              icon: <IconShieldCheck {...small} />,
              run: () => {
                void navigate({ to: here.to('evidence') as '/', search: { controls: item.id } as never });
              },
            }))
        : [],
    ],
  ];
};
export default Palette;
