-- The index behind q. Trigrams find a term anywhere in a word; because each word in search_text is led by
-- two spaces, the start of a word is a trigram too ("  h", " hr"), so one index serves terms of any length.
-- External content: the text is stored once, in action.
create virtual table action_search using fts5 (
    search_text,
    content = 'action',
    content_rowid = 'id',
    tokenize = 'trigram',
    detail = 'none'
);

create trigger action_search_insert after insert on action begin
    insert into action_search (rowid, search_text) values (new.id, new.search_text);
end;

create trigger action_search_update after update of search_text on action
when old.search_text is not new.search_text begin
    insert into action_search (action_search, rowid, search_text) values ('delete', old.id, old.search_text);
    insert into action_search (rowid, search_text) values (new.id, new.search_text);
end;

-- The index is kept in segments that are merged as they pile up. Merging at sixteen instead of four halves what a
-- write costs; a search then looks into some thirty segments instead of some fifteen, which it hardly notices.
insert into action_search (action_search, rank) values ('automerge', 16);
