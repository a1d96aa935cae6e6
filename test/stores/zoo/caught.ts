/**
 * What catches whom: every broken store, and the cases of the kit that must fail for it. It may fail more of them; these
 * are what is broken about it.
 */
export const CAUGHT: { readonly [animal: string]: readonly string[] } = {
  "ignores `expected`": [
    "of 8 who expect the same revision exactly one wins",
    "who comes too late, or too early, hears of a conflict as an answer",
    "of a commit that loses nothing lands",
  ],
  "takes an `expected` that is too high": [
    "who comes too late, or too early, hears of a conflict as an answer",
    "who expects something of a stream that does not exist hears of a conflict",
  ],
  "lets two win: it looks, waits, and then appends where the stream is by then": [
    "of 2 who expect the same revision exactly one wins",
    "of 8 who expect the same revision exactly one wins",
    "of 32 who expect the same revision exactly one wins",
  ],
  "throws a conflict instead of answering with it": [
    "who comes too late, or too early, hears of a conflict as an answer",
  ],
  "answers a conflict without the stream's head": [
    "who comes too late, or too early, hears of a conflict as an answer",
    "who loses and comes again gets in, once",
  ],
  "locks all streams for one": ["who appends to different streams is nobody's rival"],
  "acknowledges one commit in fifty without keeping it": [
    "a hundred commits stand in the order in which they were acknowledged",
  ],
  "swallows faults: what fails is acknowledged": [
    "a commit whose id cannot be one is refused",
    "a commit without events is refused",
  ],
  "answers with the first revision of a commit instead of the last": [
    "revisions count from 1, without gaps, in each stream for itself",
  ],
  "counts revisions from 0": ["revisions count from 1, without gaps, in each stream for itself"],
  "counts revisions over all streams": ["revisions count from 1, without gaps, in each stream for itself"],
  "believes an event that says its own revision": [
    "the revision is the store's to give, whatever the event says",
  ],
  "throws away reasons": ["an event comes back with all it had: id, type, instant, author, reason and data"],
  "gives every event a reason": [
    "an event comes back with all it had: id, type, instant, author, reason and data",
  ],
  "keeps one event for each id": ["two events of one stream may have the same id"],
  "reads from a cache that other handles do not clear": [
    "what one handle has appended, the other reads at once",
  ],
  "appends a commit event by event, visible to all": ["nobody ever sees half a commit"],
  "keeps what came before the event that failed": [
    "of a commit that cannot be stored nothing lands, wherever in it the fault is",
  ],
  "indexes the ids of what then loses": ["of a commit that loses nothing lands"],
  "takes no more than a thousand events of a commit": ["a commit of 2,000 events lands whole and in order"],
  "burns the commit id of a commit that was refused": [
    "of a commit that cannot be stored nothing lands, wherever in it the fault is",
    "a commit without events is refused",
  ],
  "reads the head some time after the events": ["head and events of one answer are of one moment"],
  "knows no stream before it was written to, and says so by throwing": [
    "a stream that was never written to is at 0 and has no events",
  ],
  "throws at once instead of rejecting": [
    "what goes wrong is rejected, not thrown: an answer is always a promise",
  ],
  "answers without a promise where it knows the answer": [
    "what goes wrong is rejected, not thrown: an answer is always a promise",
  ],
  "appends a commit again when it comes again": [
    "who never heard the answer asks again at once, and hears it",
  ],
  "appends a commit again where the stream is by now": [
    "who never heard the answer asks again at once, and hears it",
  ],
  "answers a repeated commit with today's head": [
    "who asks again after others have appended hears the first outcome, not today's head",
  ],
  "does not say that a commit was repeated": ["who never heard the answer asks again at once, and hears it"],
  "looks at `expected` before it looks whether a commit is repeated": [
    "who asks again hears the first outcome, whatever is expected now",
  ],
  "takes a repeated commit for another one when its events are others": [
    "who asks again hears the first outcome, whatever is in the commit now",
  ],
  "knows a commit id only through the handle it came through": [
    "who asks again through another handle hears the first outcome",
  ],
  "knows commit ids over all streams": ["the same commit id in another stream is another commit"],
  "knows commit ids without case, marks and spaces": [
    "a similar commit id is another commit",
    "a commit of any id is known by that id, and no other is",
  ],
  "remembers only the last commit of a stream": [
    "who asks again after others have appended hears the first outcome, not today's head",
  ],
  "remembers a conflict as the outcome of a commit id": ["who lost may come again under the same commit id"],
  "answers the second of two that are under way with a conflict": [
    "a commit that is sent twice at the same moment lands once",
  ],
  "says of two that are under way that both were the first": [
    "a commit that is sent twice at the same moment lands once",
  ],
  "keeps what goes in by reference": [
    "what is changed of a commit after it was acknowledged stays with the caller",
  ],
  "gives the same objects to everybody": ["what is changed of events that were read stays with the caller"],
  "gives the same objects to everybody who follows": [
    "what is changed of what a feed gives stays with the caller",
  ],
  "makes its copy late": ["what is changed of a commit while it is being appended stays with the caller"],
  "works on the very objects it is handed": [
    "a commit and options that are frozen are taken, and left as they are",
  ],
  "sorts the ids it is handed in place": [
    "a commit and options that are frozen are taken, and left as they are",
  ],
  "keeps what JSON does not have: -0, NaN, undefined, dates": [
    "what JSON leaves out is left out",
    "-0 comes back as 0, and what is no finite number as null",
  ],
  "keeps a field that is undefined": [
    "an event comes back with all it had: id, type, instant, author, reason and data",
  ],
  "makes of an undefined payload a text": ["a payload that is `undefined` is no payload"],
  "sets keys one by one, so that __proto__ is lost": [
    "keys that objects are born with are keys like any other",
  ],
  "writes half surrogate pairs as U+FFFD": ["half a surrogate pair is refused, wherever in an event it is"],
  "looks for half surrogate pairs in values, not in keys": [
    "half a surrogate pair is refused, wherever in an event it is",
  ],
  "takes text about surrogates for surrogates": ["what only looks like half a surrogate pair is taken"],
  "cuts texts at 65,535 characters": ["a text of a million characters comes back whole"],
  "composes characters": [
    "text of many scripts comes back as it was",
    "every character comes back as it was",
  ],
  "strips what cannot be printed": ["every character comes back as it was"],
  "has characters of the first plane only": [
    "text of many scripts comes back as it was",
    "every character comes back as it was",
  ],
  "unescapes what is not escaped": ["text that looks like code comes back as it was"],
  "takes texts that look like numbers for numbers": ["text that looks like code comes back as it was"],
  "revives texts that look like dates": ["text that looks like code comes back as it was"],
  "keeps numbers in 32 bits": ["numbers come back as JSON has them"],
  "takes what is empty for nothing": ["an empty payload of any kind comes back as it was"],
  "sorts keys": ["keys come back in the order in which they went in"],
  "drops keys that a database reserves": ["keys that mean something elsewhere are keys like any other"],
  "drops keys that objects are born with": ["keys that objects are born with are keys like any other"],
  "forgets what is deeper than 100 levels": ["a payload may be 500 levels deep"],
  "takes a thousand items of a list": ["a payload may have 1,000 keys and 10,000 items"],
  "lets a payload overwrite the event": ["a payload may say what a store says: id, revision, stream, head"],
  "keeps instants in whole milliseconds": ["type, author, reason and instant are as free as the payload"],
  "keeps types in 255 characters": ["type, author, reason and instant are as free as the payload"],
  "keeps one long text but not two": ["a text of a million characters comes back whole"],
  "leaks between streams that start alike": ["streams with names that start alike are apart"],
  "folds the case of names": ["streams with names that differ only by case are apart"],
  "normalises names": ["streams with names that differ only by their normal form are apart"],
  "trims names": ["streams with names that differ only by what cannot be seen are apart"],
  "ignores what cannot be seen": ["streams with names that differ only by what cannot be seen are apart"],
  "collates names": [
    "streams with names that differ only by their normal form are apart",
    "streams with names of every hostile kind are apart",
  ],
  "takes names for paths": ["streams with names that look like paths are apart"],
  "decodes names as parts of an address": ["streams with names that look like paths are apart"],
  "joins names with a separator": ["streams with names with separators are apart"],
  "matches names with wildcards": ["streams with names with wildcards are apart"],
  "matches names as globs": ["streams with names with wildcards are apart"],
  "escapes quotes twice": ["streams with names with quotes and commands are apart"],
  "strips quotes": ["streams with names with quotes and commands are apart"],
  "keeps names as keys of an object": ["streams with names that objects are born with are apart"],
  "takes names that look like numbers for numbers": ["streams with names that look like numbers are apart"],
  "cuts names at 255 characters": ["streams with names of a thousand bytes are apart"],
  "has names of the first plane only": ["streams with names of emoji and far planes are apart"],
  "cuts names at U+0000": [
    "of a stream that cannot be named so there is nothing to read",
    "a stream that cannot be named so cannot be written, and none is written in its place",
  ],
  "writes half surrogate pairs in names as U+FFFD": [
    "of a stream that cannot be named so there is nothing to read",
    "a stream that cannot be named so cannot be written, and none is written in its place",
  ],
  "reads names that cannot be names as others": [
    "of a stream that cannot be named so there is nothing to read",
  ],
  "takes an empty name for a blank": [
    "a stream that cannot be named so cannot be written, and none is written in its place",
  ],
  "keeps commits and streams in one table": [
    "a stream and a commit, an event or a revision are not run together into one name",
  ],
  "finds ids whatever their case": ["an event of any id is found by that id, and no other is"],
  "joins ids with a comma": ["ids that the stream does not have are passed over, whatever they are"],
  "normalises ids of events": ["an event of any id is found by that id, and no other is"],
  "cuts ids of events at U+0000": ["ids that the stream does not have are passed over, whatever they are"],
  "trims commit ids": ["a commit of any id is known by that id, and no other is"],
  "gives ids in lower case": ["events of all kinds of ids are found at once"],
  "gives the event of `after` as well": [
    "`after` gives what has a higher revision",
    "page by page, forwards and backwards, everything is read once",
  ],
  "gives the event of `before` as well": [
    "`before` gives what has a lower revision",
    "`after` and `before` give what is between",
  ],
  "takes `after` for exclusive twice": ["`after` gives what has a higher revision"],
  "applies `limit` before everything else": ["`limit` counts what is left after everything else"],
  "applies `limit` before `ids`": [
    "`limit` counts what is left after everything else",
    "all options hold together, in every combination",
  ],
  "ignores `backwards`": ["`backwards` gives the newest first, and `limit` counts from there"],
  "reads backwards from the wrong end": ["`backwards` gives the newest first, and `limit` counts from there"],
  "says the head of what it read": ["`head` is that of the stream, whatever the options leave out"],
  "takes a limit of 0 for no limit": ["`limit` gives at most so many, the first of what is asked for"],
  "takes a limit below 0 from the end": ["`limit` gives at most so many, the first of what is asked for"],
  "ignores `after` where there are `ids`": [
    "`limit` counts what is left after everything else",
    "all options hold together, in every combination",
  ],
  "stumbles over an option that is undefined": [
    "where nothing is said all is given",
    "all options hold together, in every combination",
  ],
  "takes infinity for 0": ["where nothing is said all is given"],
  "gives an event as often as its id is named": [
    "`ids` gives the events that have one of them, each once and in the order of revisions",
  ],
  "gives events in the order of `ids`": [
    "`ids` gives the events that have one of them, each once and in the order of revisions",
  ],
  "takes 999 ids at most": ["a thousand ids are found at once"],
  "takes no ids for any": [
    "`ids` gives the events that have one of them, each once and in the order of revisions",
    "all options hold together, in every combination",
  ],
  "fails for an id that it does not have": [
    "ids that the stream does not have are passed over, whatever they are",
  ],
  "gives one event for each id": ["two events of one stream may have the same id"],
  "gives a hundred events at most": [
    "a commit of 2,000 events lands whole and in order",
    "a thousand ids are found at once",
  ],
  "does not look at the signal": [
    "reading with a signal that was aborted without a reason rejects all the same",
    "reading with a signal that was aborted rejects with its reason",
  ],
  "rejects with an error of its own when it is aborted": [
    "reading with a signal that was aborted rejects with its reason",
  ],
  "looks for a reason instead of whether it was aborted": [
    "reading with a signal that was aborted without a reason rejects all the same",
  ],
  "takes any signal for one that was aborted": ["a signal that says nothing changes nothing"],
  "stays aborted": ["a signal that is aborted afterwards changes nothing"],
  "takes a commit without events": ["a commit without events is refused"],
  "answers with a conflict to what expects no revision": [
    "a commit that expects what is no revision is refused",
  ],
  "takes a missing `expected` for any": ["a commit that expects what is no revision is refused"],
  "makes up an id for a commit that has none": ["a commit whose id cannot be one is refused"],
  "makes up an id for an event that has none": ["an event whose id cannot be one is refused"],
  "fails without a code": ["a commit without events is refused", "what is no JSON is refused"],
  "leaves out what is no JSON": ["what is no JSON is refused"],
  "refuses a commit that has one bad event only after it kept the others": [
    "a commit that is refused leaves a stream that is there as it was",
  ],
  "declares a feed that it does not have": [
    "a function that is declared is there, and none is there that is not declared",
  ],
  "declares to be erasable and is not": [
    "a function that is declared is there, and none is there that is not declared",
  ],
  "has a feed that it does not declare": ["a store says in its capabilities what it is declared to be here"],
  "has no names of streams": ["a function that is declared is there, and none is there that is not declared"],
  "cannot be closed": ["a function that is declared is there, and none is there that is not declared"],
  "says nothing about itself": ["a store says in its capabilities what it is declared to be here"],
  "reopen: has lost the last event": [
    "the last commit is there again, even where everything was closed at once",
  ],
  "reopen: has lost everything": ["what was appended is there again, event by event"],
  "reopen: has lost what one handle wrote": ["what was appended is there again, event by event"],
  "reopen: has forgotten the commit ids": ["a commit id that was acknowledged is known again"],
  "reopen: counts from 0 again": ["appending goes on where it stopped"],
  "reopen: has other cursors": ["a feed goes on after a cursor of before"],
  "reopen: has another order": ["a feed gives everything of before, in the same order"],
  "reopen: has lost the names of streams": ["the names of all streams are there again"],
  "reopen: brings back what was erased": ["what was erased stays erased"],
  "feed: gives the commits stream by stream": [
    "every reader is given the same order, through every handle and every time",
  ],
  "feed: gives the newest first": [
    "each commit comes exactly once, those of a stream in the order of their revisions",
  ],
  "feed: gives every handle an order of its own": [
    "every reader is given the same order, through every handle and every time",
  ],
  "feed: has a gap where a place is given out before its commit can be seen": [
    "there is no gap for who goes on after cursors while many append at once",
    "there is no gap for who follows while many append at once",
  ],
  "feed: skips one commit when it goes on": [
    "after every cursor it goes on with what follows, and with nothing else",
  ],
  "feed: repeats the commit of the cursor when it goes on": [
    "after every cursor it goes on with what follows, and with nothing else",
  ],
  "feed: starts from the first when it goes on": [
    "after every cursor it goes on with what follows, and with nothing else",
  ],
  "feed: splits commits into events": [
    "each commit comes whole: its stream, and all of its events with their revisions",
  ],
  "feed: gives a hundred events of a commit at most": ["a commit of 2,000 events comes whole"],
  "feed: joins commits of a stream that follow each other": [
    "each commit comes whole: its stream, and all of its events with their revisions",
  ],
  "feed: gives only what came through its own handle": [
    "who waits is woken by an append through another handle",
    "every reader is given the same order, through every handle and every time",
  ],
  "feed: skips the hundredth commit": ["of many commits none is missing and none comes twice"],
  "feed: gives events without their payloads": [
    "each commit comes whole: its stream, and all of its events with their revisions",
  ],
  "feed: gives one cursor to many commits": ["each commit has a cursor of its own"],
  "feed: gives cursors that are numbers": ["each commit has a cursor of its own"],
  "feed: writes names as parts of an address": ["streams of any name are given by that name"],
  "feed: gives what lost as well": ["what lost, was refused or was repeated is not given"],
  "feed: gives a commit again when it was repeated": ["what lost, was refused or was repeated is not given"],
  "feed: begins with an empty commit": ["a feed of nothing that is not to follow ends"],
  "feed: never wakes": [
    "who waits is woken by an append through the same handle",
    "who waits is woken by an append through another handle",
  ],
  "feed: ends where it is to wait": [
    "who waits is woken by an append through the same handle",
    "a feed of another handle goes on waiting",
  ],
  "feed: wakes once": ["who waits is woken again and again"],
  "feed: wakes for its own handle only": ["who waits is woken by an append through another handle"],
  "feed: wakes for other handles only": ["who waits is woken by an append through the same handle"],
  "feed: wakes one of those who wait": ["of many who wait each is given everything"],
  "feed: who comes late is given only what is new": ["who comes late is given everything from the first on"],
  "feed: keeps no more than ten commits for who is slow": ["who is slow misses nothing"],
  "feed: does not end where it is not to follow": ["a feed of nothing that is not to follow ends"],
  "feed: does not look at the signal": [
    "with a signal that was aborted it rejects with the reason",
    "aborted while it waits it rejects with the reason",
  ],
  "feed: looks at the signal only when it starts": [
    "aborted while it waits it rejects with the reason",
    "aborted between two commits it rejects with the reason",
  ],
  "feed: looks at the signal only when it waits": [
    "with a signal that was aborted it rejects with the reason",
    "aborted between two commits it rejects with the reason",
  ],
  "feed: ends instead of rejecting when it is aborted": ["aborted while it waits it rejects with the reason"],
  "feed: rejects with an error of its own when it is aborted": [
    "aborted while it waits it rejects with the reason",
  ],
  "feed: never takes its listeners back": [
    "who leaves in the middle lets go, and can come back",
    "who has waited lets go of its signal",
  ],
  "feed: leaves a listener for each commit": ["who has waited lets go of its signal"],
  "feed: takes a cursor that is none for the first": [
    "a cursor that is none is refused",
    "a store that has given nothing knows no cursor",
  ],
  "feed: takes a cursor for what a number begins with": ["a cursor that is none is refused"],
  "feed: waits for a cursor that it has not come to": ["a store that has given nothing knows no cursor"],
  "feed: holds whoever leaves": ["who leaves in the middle lets go, and can come back"],
  "feed: gives everybody the same place": ["who waits is woken by an append through the same handle"],
  "streams: loses a name between two pages": [
    "who pages while others write misses no stream that was there at the start",
    "page by page every name is given once, whatever the limit",
  ],
  "streams: repeats the first name of a page": ["page by page every name is given once, whatever the limit"],
  "streams: ignores `limit`": ["page by page every name is given once, whatever the limit"],
  "streams: ignores `prefix`": [
    "`prefix` holds on every page",
    "`prefix` gives the names that start with it, code unit by code unit",
  ],
  "streams: ignores `prefix` behind the first page": ["`prefix` holds on every page"],
  "streams: takes `prefix` for a pattern": [
    "`prefix` gives the names that start with it, code unit by code unit",
  ],
  "streams: always says that there is more": ["`next` is there where there are more names, and only there"],
  "streams: never says that there is more": ["`next` is there where there are more names, and only there"],
  "streams: lists what was tried": ["what was only read, refused or lost has no name there"],
  "streams: lists what came through its own handle": [
    "each stream that was written to has its name there once, through every handle",
  ],
  "streams: lists a stream once for each commit": [
    "each stream that was written to has its name there once, through every handle",
  ],
  "streams: writes names in lower case": ["names of every hostile kind are there as they are"],
  "streams: counts places instead of going on after a name": [
    "who pages while others write misses no stream that was there at the start",
  ],
  "streams: fails where there are none": ["where nothing was written there are no names"],
  "erase: does nothing, and says that it did": [
    "of all events the payloads and reasons go, and everything else stays",
  ],
  "erase: takes the events away": [
    "of single events the payloads and reasons go, and the others stay as they are",
  ],
  "erase: moves later revisions down": [
    "of single events the payloads and reasons go, and the others stay as they are",
  ],
  "erase: takes the head back": ["of all events the payloads and reasons go, and everything else stays"],
  "erase: appends a note of it": ["appending goes on where the stream is"],
  "erase: keeps the reason": [
    "of all events the payloads and reasons go, and everything else stays",
    "a reason goes also where there was no payload, and a payload where there was no reason",
  ],
  "erase: takes the author as well": [
    "of single events the payloads and reasons go, and the others stay as they are",
  ],
  "erase: forgets the commit ids": [
    "a commit id that was acknowledged is still answered, and brings nothing back",
  ],
  "erase: brings back what is sent again": [
    "a commit id that was acknowledged is still answered, and brings nothing back",
  ],
  "erase: is about one handle only": ["what is erased through one handle is erased for every other"],
  "erase: leaves an index that can be read by id": ["what was erased is not given however it is read"],
  "erase: the feed still gives what was erased": [
    "what was erased is given by a feed as erased, its commit whole",
  ],
  "erase: the feed leaves out what was erased": [
    "what was erased is given by a feed as erased, its commit whole",
  ],
  "erase: is given by the feed as a commit": [
    "erasing is no commit: a feed that waits is given the next commit, and nothing before",
  ],
  "erase: counts what was asked for": ["the answer is how many events were changed: none the second time"],
  "erase: says nothing about how many": ["the answer is how many events were changed: none the second time"],
  "erase: does half of it before it refuses": [
    "a request that cannot be carried out is refused, and changes nothing",
  ],
  "erase: leaves nothing, whatever is to stay": ["in the place of each payload stays what the request says"],
  "erase: leaves what is to stay in the order of the revisions": [
    "in the place of each payload stays what the request says",
  ],
  "erase: takes no revisions for all": ["revisions that the stream does not have are passed over"],
  "erase: takes any request without revisions for all": [
    "a request that cannot be carried out is refused, and changes nothing",
  ],
  "erase: fails without a code": ["a request that cannot be carried out is refused, and changes nothing"],
  "erase: fails for a revision that the stream does not have": [
    "revisions that the stream does not have are passed over",
  ],
  "erase: takes revisions in 32 bits": ["revisions that the stream does not have are passed over"],
  "erase: fails for a stream that it does not have": [
    "of a stream that was never written to there is nothing to erase",
  ],
  "erase: brings a stream into being": [
    "a stream whose events were erased keeps its name, and one that has none gets none",
  ],
  "erase: takes the name of a stream away": [
    "a stream whose events were erased keeps its name, and one that has none gets none",
  ],
  "erase: is about all streams that start alike": [
    "other streams are left as they are, however they are named",
  ],
  "erase: folds the case of names": ["other streams are left as they are, however they are named"],
  "erase: takes a hundred revisions at most": ["a thousand events are erased at once"],
  "erase: counts an event as often as it is named": ["an event that is named twice is changed once"],
  "erase: locks the stream, so that nothing can be appended": [
    "who erases and who appends at the same moment do not get in each other's way",
  ],
  "erase: makes its copy of what is to stay late": [
    "what is to stay is a copy, and the request is left as it is",
  ],
  "close: closes the client that was handed in": ["a client that was handed in stays open"],
  "close: does nothing": [
    "what is read after closing rejects",
    "what is appended after closing rejects, and is not kept",
    "a feed that waits ends when its store is closed",
  ],
  "close: goes on reading": ["what is read after closing rejects"],
  "close: goes on appending": ["what is appended after closing rejects, and is not kept"],
  "close: goes on listing": ["asking for names after closing rejects"],
  "close: goes on erasing": ["erasing after closing rejects"],
  "close: keeps what comes too late, and rejects all the same": [
    "what is appended after closing rejects, and is not kept",
  ],
  "close: gives an empty feed when it is too late": ["a feed that is asked for after closing rejects"],
  "close: leaves feeds waiting": ["a feed that waits ends when its store is closed"],
  "close: fails the second time": ["closing again does nothing"],
  "close: closes all handles": [
    "what one handle has written before it was closed is there, and the other goes on",
    "a feed of another handle goes on waiting",
    "closing twice at the same moment does nothing twice",
  ],
  "close: rejects without a code": ["what is read after closing rejects"],
  "close: loses what was appended last": [
    "what one handle has written before it was closed is there, and the other goes on",
  ],
  "open: gives one handle twice": [
    "what is declared can be shown: there are two handles, `reopen` where it is durable, `isClientOpen` where it has a client",
  ],
  "open: cannot be opened again, and declares to be durable": [
    "what is declared can be shown: there are two handles, `reopen` where it is durable, `isClientOpen` where it has a client",
  ],
  "open: does not tell of the client that it declares": [
    "what is declared can be shown: there are two handles, `reopen` where it is durable, `isClientOpen` where it has a client",
  ],
};
