-- As in 0130, for names with a backslash or a tab too: in the text of a payload JSON writes the one twice and the other as two characters.
create or replace function erasure_word(word text, bounded boolean) returns text
language sql immutable set search_path = pg_catalog, public
as $$
  select case when bounded and upper(left(word, 1) collate "und-x-icu") <> lower(left(word, 1) collate "und-x-icu") then '(?:(?<![[:alnum:]])|(?<=%[0-9a-f][0-9a-f]))' else '' end
    || replace(replace(regexp_replace(replace(regexp_replace(word, '([^[:alnum:][:space:]])', '\\\1', 'g'), '\\', '\\{1,2}'),
      '[[:space:]]+', '(?:[[:space:]]|%20|\+|\\\\[tnrf])+', 'g'), '\@', '(?:@|%40)'), '\"', '\\?"')
    || case when bounded and upper(right(word, 1) collate "und-x-icu") <> lower(right(word, 1) collate "und-x-icu") then '(?![[:alnum:]])' else '' end
$$;
