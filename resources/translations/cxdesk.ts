<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1">
<context>
    <name></name>
    <message>
        <source>Proposed change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for declining, if there is one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for declining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do this now, and draft the sentence that says so ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop this change ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shop&apos;s rule: {rule}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a saved reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its text, its variables and how it reads are shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As {name} would read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New saved reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not kept yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What staff see in the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is typed after / in the composer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hello {customer_first_name}, …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How the reply reads for an example customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variables to insert</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what is saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It can be undone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it as it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview and variables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variables</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Sent once</source>
        <comment>Sent {n} times</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{sent}, last {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>just now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again: this reply says what stood in {document}, which was removed since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check again: this reply says what stood in {document}, which has changed since.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a shortcut</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It still needs {parts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> and </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the reply ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Variable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stands for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Canned replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a saved reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Duplicate the saved reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import saved replies from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the saved replies to a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import saved replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export saved replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file {file} can&apos;t be written: {reason}. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} saved reply written to &apos;{file}&apos;</source>
        <comment>{n} saved replies written to &apos;{file}&apos;</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All categories</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This saved reply is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved reply fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look for other words, or press Esc in the search to see all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved replies yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write one with {keys}, or import a TOML file. In the composer &apos;/&apos; brings it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another saved reply, or take it back with Undo below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} saved reply imported</source>
        <comment>{n} saved replies imported</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Saved replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import from a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to a file…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a saved reply ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a saved reply, or begin a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved replies ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} to check</source>
        <comment>{n} to check</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>check again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{variable} (did you mean {near}?)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fills {variables}. Whoever uses the reply sees a gap there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to work (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your own reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Or write in your own words; / brings saved replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send your own words ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No draft waits for approval.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed over to a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is handed over.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations that you accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept a handed-over conversation, and it is yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What customers write appears here by itself, with a reply prepared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closed conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations that are over are kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search conversations ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In this queue, and in all that was ever said ({keys}, Esc clears)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next and previous: {next} and {previous}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search field to see the queue again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversations yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Queues</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{meaning} ({keys} goes to the next queue)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{queue}: {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no message yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Independence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drift</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}: {mood}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Course of mood. {moods}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pleased</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>calm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unhappy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} {points}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health is made of {parts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{points} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TICKETS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tickets.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all {n} tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CONVERSATIONS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversations yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all {n} conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo the merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put the two customers back as they were</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Count a conversation of an unknown writer among this customer&apos;s (L)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make two entries of the same person one (M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write all that is kept about this person into a file (X)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all that is kept about this person (Del)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At risk: {reasons}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HEALTH</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health {points} of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is known once a conversation was closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COURSE OF MOOD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown once a conversation was closed whose mood is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{heading}  ·  {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>WHAT THEY TOLD</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is remembered yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget: {fact}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>RATINGS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge somebody into {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the other entry of the same person.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name, e-mail address, phone or order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{other} hands over {belongings} and leaves the list. {name} keeps name, e-mail address and address. You can take it back at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link a conversation to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It proves nothing: what the writer may be told is decided by the shop&apos;s proofs, as before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody unknown has written. Conversations of unknown writers appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search these conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete all data of {name}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These go for good: the entry itself, {belongings}, and whatever the desk learned from them. You have 5 seconds to take it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is too late to take this back: it has been done. Look at the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{writer}: {line}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>customer since {month}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stayed resolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needed a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>never</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} message</source>
        <comment>{n} messages</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{wish}, {messages}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another matter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody: be a customer yourself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We can&apos;t help here right now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk is being opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Thank you, {name}. You are signed up.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For new customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget me here (Ctrl+Shift+N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Earlier conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look over the shoulder of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo. Look over the shoulder of</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Poor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Okay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Good</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Great</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long does shipping take?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How do I return something?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I would like to talk to a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write your message. Enter sends it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send your message (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hello, this is {shop}. How can we help?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask about your order, a product, or how we do things. For your own orders, write your e-mail address and an order number, so that we know it is you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A colleague has your conversation and will answer you here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stars} of 5: {word}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What should we do better? (if you like)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Comment on this answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How was this answer?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{word}. Thank you!</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write your e-mail address and one of your order numbers in the chat. That is how we make sure that nobody else sees what is yours.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How it stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your tickets appear here once we know it is you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You have no tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tell us in the chat what is wrong, and we open one for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your earlier conversations appear here once we know it is you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your earlier conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is your first conversation with us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What you write in the chat stays here for you.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would you like to know? Enter searches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search our pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Our pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Our pages for you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one at the left, or search for what you would like to know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} place found</source>
        <comment>{n} places found</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>All our pages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found. Ask us in the chat.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no pages yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign up with us</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>So that your orders find you. To see orders that you have already, prove who you are in the chat instead.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You are {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We are working on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>We wait for your answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Solved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>silver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>platinum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>handed over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not resolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>content</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very unhappy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first}, then {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}%</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} order</source>
        <comment>{n} orders</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} ticket</source>
        <comment>{n} tickets</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} conversation</source>
        <comment>{n} conversations</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} remembered fact</source>
        <comment>{n} remembered facts</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} rating</source>
        <comment>{n} ratings</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nothing else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link a conversation to the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge two customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the customer&apos;s data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the customer&apos;s data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the first {n} of {total}, search to find the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Esc in the search field to see all customers again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No customers yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take over the shop&apos;s customers with &apos;cxdesk import FOLDER&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This customer could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a customer in the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation was linked to {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two entries of {name} were merged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export the data of {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data of {name} was written to {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data of {name} is being deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One fact is forgotten.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any tier</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation with {writer} is closed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgotten: {text}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take it back ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a professional tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a friendly tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a playful tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft – not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The customer wrote again; a new draft is being prepared. What you typed is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Editing the draft – not sent yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve and send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send edited</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send this reply ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the text before it is sent ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Throw the draft away, and say why ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make the draft anew ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the brief now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the model: the desk&apos;s own brief becomes the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prepare this draft again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write it again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Second look before sending</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send all the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You answer for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document and no look-up supports {named}. Is it true?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model is writing…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the desk&apos;s brief. The model is putting it into words…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Waiting for {n} draft before this one…</source>
        <comment>Waiting for {n} drafts before this one…</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the message…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolved, and stayed so</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First reply, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers&apos; rating</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts used as they were</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed to a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers at risk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How customers felt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What customers wanted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed to a person, by reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Busy hours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How conversations ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to the first reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of drafts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Engagement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers at risk who wrote</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More of {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show its conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{bar}, {before} in the time before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} other</source>
        <comment>{n} others</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{others}: {count}. Open it to see each</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{time}: {n} message</source>
        <comment>{time}: {n} messages</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nothing known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There was none in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The line in a bar is the time before.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {n} nothing is known; they are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Picture (*.png)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begun</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} day</source>
        <comment>{n} days</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Own dates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time: {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations behind the figure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>conversations</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversations are being gathered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None has these words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change the words, or press Esc to see all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversation is behind it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another bar, or a longer time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{shown} of {n} conversation</source>
        <comment>{shown} of {n} conversations</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{count}, the newest {listed} listed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures are being put together.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of all time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Figures of days of my own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all figures as a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all figures as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing happened in this time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No customer wrote and no conversation was closed. Choose a longer time above, or All.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They begin with the first customer who writes. Past conversations count as well: bring them in with &apos;cxdesk import&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures could not be counted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What went wrong stands above. Choose a time to try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all figures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture {file} can&apos;t be written. Choose another place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The picture was saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The figures were saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save all as a picture or as CSV</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as a picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as CSV…</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Figures of the last day</source>
        <comment>Figures of the last {n} days</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Used as they were</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edited first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document answers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing known about it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No supported reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Positive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Negative</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unresolved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked for a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked the same again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Needs approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Identity not proved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many rounds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Very upset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped by a guardrail</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wish unclear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model, no brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} longer than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} shorter than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} more than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} fewer than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} less than before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too few before to compare</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>= as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} star</source>
        <comment>{n} stars</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>the week of {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{weekday}, {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, all there is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time}, compared with {before}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{part} of {whole}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{value} (of {n} only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{stars} of 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} point</source>
        <comment>{n} points</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What customers write appears in the inbox by itself, with a reply prepared.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skipped: {steps}. &apos;First start&apos; in the palette brings this path back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your desk is ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can set the desk up later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Goes on here at the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do this later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Welcome to cxdesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Five short steps. Skip what you like: each can be done later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brought in as a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are the desk&apos;s plain answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} to fetch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}, {memory} GB of memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in {folder} could be taken. Choose the folder that holds customers.csv, orders.csv and products.csv.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}, line {line}: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{counts} taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing new</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} customer</source>
        <comment>{n} customers</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} document</source>
        <comment>{n} documents</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The demo shop: {customers} and {documents}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} document can be searched</source>
        <comment>{n} documents can be searched</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} product</source>
        <comment>{n} products</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The shop&apos;s data: {tool}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far it is: {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done so far is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left out:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped. Begin again when you like: it goes on where it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a language model for this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It puts replies into friendly words and runs on this PC alone. Facts come from your shop&apos;s data and documents, with any model or with none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are the desk&apos;s plain answers: correct, less graceful.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch and use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this PC, best for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>best for this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Bring in your shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers, orders and products as CSV, JSON or Parquet files in one folder. Importing twice changes nothing.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As your customers know it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shop&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An invented shop, to look around</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the demo shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop the folder here, or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No files at hand? Look around in an invented shop first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder with your shop&apos;s files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Setting up the demo shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add what your shop has written down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shipping, returns, warranty, opening hours: replies quote them sentence by sentence. Markdown, text, HTML, PDF and Word files; what lies in a folder named &apos;internal&apos; is for staff only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop files or folders here, or</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents of your shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A test question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask what a customer would ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each sentence of the reply stands beside what it rests on. What nothing supports is never sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long does delivery take?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ask (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready to send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person would be asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It states nothing that needs a source. Add a document that answers the question, and ask again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered from its sources</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked; nothing answers it yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may use it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect this desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With accounts the desk asks who is there, locks when nobody is, and writes down who did what. Without, whoever sits at this PC is the owner.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the admin&apos;s account…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desk asks who is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handoff</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Over to you: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this conversation on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it back: the desk answers again as before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give back to the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The matter is settled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Summary</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the desk knows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draft failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send: approve the draft, or send what you typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the draft again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take suggestion {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Approve the proposed change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Decline the proposed change</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket from this conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what the desk did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your last reply had not left when the program was ended. It is here; send it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No suggestions: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the conversation…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk is busy; it appears as soon as it can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This conversation could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All quiet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody has written yet. Import your shop with &apos;cxdesk import&apos;, or see one at work with &apos;cxdesk demo&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{send} approves · {edit} edits · {reject} rejects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{keys} goes to the next conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sending…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>was there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far the files are added</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of each file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files that were taken stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Stopped. {n} file was not looked at; those that were taken are whole</source>
        <comment>Stopped. {n} files were not looked at; those that were taken are whole</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopping after the files at hand…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What to know</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its text, its passages and what rests on it are shown here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages  {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Somebody else changed this document since you began. Your text is still here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Made from another kind of file. To change it, change the file and add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Category of the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may read the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl+Z brings your text back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save mine over it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text of the document, in Markdown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preview of the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the saved text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the document ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages of the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies that rest on this document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply still says what the shop does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Views of the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to search in this document yet: write the answers, then save it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved or approved reply says what this document says, as far as is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not kept yet. Its name is made from its first heading when you save it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from {origin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written at the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies  {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Replies  {count}, {n} to check</source>
        <comment>Replies  {count}, {n} to check</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>It rested on words that no longer stand here: “{passage}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Heading</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Length</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>approved wording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>still stands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no document answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>handed over for want of an answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no supported reply could be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a draft was thrown away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Topics that the documents did not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions of customers, without personal data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a document for it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begins a draft with these questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the nearest document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking through what customers asked…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This takes a moment the first time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No open questions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the last 30 days the documents answered what customers asked. New gaps appear here by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}× {kind}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>“{question}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document comes near</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What they asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered by today&apos;s documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source># Title

Write here what customers should know. Headings begin with ##.
</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a folder of documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a new document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a question on the documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show what the documents don&apos;t answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Build the search index anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files are being added already. Wait until they are done, or cancel that first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Adding {file}</source>
        <comment>Adding {n} files</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Documents ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files ({patterns})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new document is not saved yet. Save or discard it, then begin the next one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No document fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop files or a folder here, or press {keys}: Markdown, text, HTML, PDF, Word or a list of questions (JSON). The desk answers customers from them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{shown} of {n} document</source>
        <comment>{shown} of {n} documents</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The documents are being indexed: {done} of {total} passages. You can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document is not there any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another one, or add it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is saved and is being indexed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This document was removed while you were writing. Save your text as a new document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is filed anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another document, or take it back with Undo below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&apos;{title}&apos; is removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Documents: {counts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaps  {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Gaps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The gaps can&apos;t be found now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may read it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For everyone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Files…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a new document ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add files ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the knowledge page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try a question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a document, or begin a new one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>searchable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not searchable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>being indexed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers to write</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} reply to check</source>
        <comment>{n} replies to check</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Documents can be read and edited, not searched. {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} being indexed</source>
        <comment>{n} being indexed</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The search index was built anew: {reason}. You need not do anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>index rebuilt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to date</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by meaning ({rank})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>by words ({rank})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}st</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}nd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}rd</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n}th</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} M</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>staff only</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Asked once by {customers}</source>
        <comment>Asked {n} times by {customers}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{asked}, last {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{age} ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} added</source>
        <comment>{n} added</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} updated</source>
        <comment>{n} updated</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} unchanged</source>
        <comment>{n} unchanged</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} left out</source>
        <comment>{n} left out</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>nothing to add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A question as a customer would ask it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Question to try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See what is found (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Passages that were found, the best first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You see the passages that are found, by which way, and the sentence with which the desk would answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are no documents to search yet. Add some under Documents.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk would answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk would not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing in the documents answers it surely enough, so a person would be asked. If a passage below should: say it there in one plain sentence, in the words of the question.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was found, the best first. Enter opens it in its document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}. {place}, score {score}, found {why}, answers it. {excerpt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{number}. {place}, score {score}, found {why}. {excerpt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My parcel came damaged. What can I do?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You see what it needs, what it is good for, and how quick it is here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model, if it is not loaded yet…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are written by it from now on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Download it, or go on with that</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have it write a typical reply on this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read every byte and compare it with the catalog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete its file from this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A question to try the model with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its answer is its own; nothing checks it (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the model answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer appears here as it is written. It reaches no customer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The largest tried model that leaves half of this PC&apos;s memory to other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are the desk&apos;s own plain answers: correct, and less graceful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a model from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify all models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetch the chosen model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use the chosen model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measure the chosen model on this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer without a language model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the desk choose the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is here and whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fetching {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is imported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Importing {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{damaged}. Fetch or import again what is damaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verifying all models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove {model} and free {size}? It can&apos;t be taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is removed, {size} are free again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is measured on this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Measuring: a typical reply is being written…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something is under way already. Wait until it is done, or cancel it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No language model answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} on this PC  ·  {size} of disk free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Which models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read every model completely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Verify all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take a GGUF file over ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let the desk choose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Use none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>available</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known; this PC has {size}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{needed} of this PC&apos;s {there}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{needs}: too much for this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{needs}: little is left for other programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not measured yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{time} from a standing start, the first word after {first}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{times} (measured {ago})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first word after {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} token</source>
        <comment>{n} tokens</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known: ask where you got it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>up to {n} tokens at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Imported from a file. The catalog doesn&apos;t know it, so try it out before customers depend on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its bytes and licence are known, but we have not run it ourselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next one on replies are written by {model}; one that is being written ends as it began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next one on replies are the desk&apos;s own plain answers, without a language model; one that is being written ends as it began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model is here yet, so there was nothing to verify.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{damaged} of {n} model damaged: {names}</source>
        <comment>{damaged} of {n} models damaged: {names}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{model} is whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All {n} models are whole</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what}: {done} of {total}, {share} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}; {free} are free</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How far it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors and speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data and program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: jobs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: errors and speed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: data and program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor: log</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In line for the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last turns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors by kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Speed by part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ledger of connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Versions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the chosen job ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export for the auditor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All of it in one file, without customers&apos; text ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next tab of the monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous tab of the monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Run the chosen job now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report was saved as {file}. No customer&apos;s text is in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The job {job} failed: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As of {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has tried to connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} free on its disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log can&apos;t be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing has been logged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Troubles are written here when there are any. None is needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What went wrong stands above. {keys} tries again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk could not be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Turns, jobs and connections are being gathered.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No turn is chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one at the left to see what took how long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No turns yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each message of a customer leaves one, with what took how long.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing went otherwise</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In 30 days every part of every turn ended as usual.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to time yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The parts of turns are timed with the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jobs run by themselves while the desk is open, and give way to a person who waits.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No model has written a reply in 30 days.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>First word after {time}, half of {n} reply</source>
        <comment>First word after {time}, half of {n} replies</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The log&apos;s last lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Job</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What happened instead</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Times</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Part of a turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Half within</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>95 % within</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slowest</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the data directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show it in the inbox (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This turn&apos;s parts are gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the newest are kept. Choose a later turn.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log {file} can&apos;t be read: {reason}. Allow it, then look again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schema</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor cores</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not installed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Parts of the turn: {parts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>replied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for a yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>went well</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>found nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>said what nothing supports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>used the desk&apos;s own brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took a second try</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look at the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read mood and wish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find the customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look things up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the documents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deal with a wish</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write the brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrase the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check every fact</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confirm the mood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The whole turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rollup</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search index</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Has not run yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>with the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in {n} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are the desk&apos;s own briefs. Choose a model on the Models page.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The best model for this PC is loaded with the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{model} is loaded with the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no reply written yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} tokens/s in the last reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>restarted {n} time</source>
        <comment>restarted {n} times</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{n} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One at work, {waiting}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} connection attempted</source>
        <comment>{n} connections attempted</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Offline mode is on: every connection is refused.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline mode is off, and the fallback may write to {address}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline mode is off; the fallback is off, so only a model that you fetch would connect.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} failure</source>
        <comment>{n} failures</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} error in the log</source>
        <comment>{n} errors in the log</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} turn came to no end</source>
        <comment>{n} turns came to no end</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>In 30 days, {n} turn</source>
        <comment>In 30 days, {n} turns</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command, page, customer, order, document or conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in the guides, so nothing was opened: {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found. Try fewer words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the guides</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Contents</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to what was shown before ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing fits. Try a name, an order&apos;s number, or a word from a message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The matter is over ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go on with it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reopen conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket from this conversation ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page} ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{page}, {waiting} waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{most}+</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The document {document} is no longer in the knowledge base. Add it again with &apos;cxdesk kb add&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It failed a moment ago, as the last draft says, and is asked again in half a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs elsewhere, where the settings say.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It runs on this PC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies are the desk&apos;s own briefs. To have them phrased, fetch a model on the page Models.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>delivered {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>expected {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ordered {day}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Says what was done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The change was made, and stands in the audit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Handed over: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looked up: {tool}, {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{intent} {percent}%</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wish: {wishes}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan: {tools}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no tool needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrased by {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Phrased by the desk, without a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool calls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rejected tries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rule: {rule}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts are wrong or missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Does not answer the question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>I write it myself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason for rejecting the draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why is this draft rejected?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another reason, or none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reject the draft (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved replies yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No saved reply fits. Try its title or category; Esc closes this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} fit. Up and Down choose, Enter inserts, Esc closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up and Down choose, Enter inserts, Esc closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your reply leaves in a moment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the reply back before it leaves ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Past messages are answered anew, on a copy of the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work it out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set it above; it holds once it is saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take this confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work it out again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What would autopilot have sent by itself, and how often would a person have had to correct it? Work it out from this shop&apos;s own past messages: they are answered anew on a copy, and nothing is changed or sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take {confidence}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From this shop&apos;s own past</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Curve of coverage against error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Would have been corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent by the desk itself, of all replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give it its default again: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put back {setting}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One is kept; type to replace it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>back to default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from the environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It holds from the next start.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is wrong with the text; Enter goes to the line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go back to what holds now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the shop&apos;s own file away; the one that comes with the program holds again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved. It holds from the next message on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was saved. Mend this first:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing is wrong with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the shop&apos;s own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as it comes with the program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept as {file} in the data directory, in the place of the program&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the changed settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Discard the changes of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answering past messages anew</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Working out the curve was stopped. Nothing was changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings can&apos;t be shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} setting saved and in force</source>
        <comment>{n} settings saved and in force</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{saved}; {settings} from the next start</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{file}: what comes with the program holds again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No setting fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light or dark, at once and from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All that this desk keeps. Another one: start cxdesk with --data.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shared by all desks of this PC. Elsewhere: set CXDESK_MODELS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the folder: {title}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search settings ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reading the settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All or none ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings: {file}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting} (seconds)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting} (hours)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{setting} (minutes)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Action rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Guardrail terms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at least {least}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>at most {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given by the variable {variable}, which wins: change it there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it doesn&apos;t have the form that is needed, such as {example}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} setting</source>
        <comment>{n} settings</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} text</source>
        <comment>{n} texts</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{settings} and {texts} changed and not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{what} changed and not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Line {line}: {problem}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {confidence} the desk would send nothing by itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At {confidence} the desk would send {coverage} of the replies by itself; of those {offered}, {corrected} would have needed a person&apos;s correction ({error}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>From {n} past message that could be judged.</source>
        <comment>From {n} past messages that could be judged.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Leave autopilot off, or gather more past conversations first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Advised: {confidence}, the lowest confidence whose error stays within 5% even with doubt.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copying the desk; yours goes on meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was saved. Mend {settings} first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No documents yet. Add some with &apos;cxdesk kb add PATH&apos;, and replies can rest on them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply rests on no document.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The reply rests on what the desk looked up. Point at a sentence of the draft to see it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet: sources appear when a message is read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets of this customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>OTHER CONVERSATIONS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other conversations of this customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CUSTOMER</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Profile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All about this customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health: {parts}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last conversations: {moods}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>REMEMBERED</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ORDERS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Orders of this customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No orders.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shown as soon as the customer is known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Show all {n} orders</source>
        <comment>Show all {n} orders</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>SOURCES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sources of the reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to read the passage in its document</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HANDOFFS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What became of the handoffs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the desk did</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Plan, tool calls and timings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order {id}, {status}, {total}, {when}: {items}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{place}, used in the reply: {excerpt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in (Enter)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locked. {name}&apos;s work is kept as it was.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign in to answer customers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Wait {n} second</source>
        <comment>Wait {n} seconds</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>At least 8 characters; a sentence is easy to keep</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Viewer: looks on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Agent: answers customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Admin: may do everything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The two passwords are not the same. Type the new one twice.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New password again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first account is an admin&apos;s: it may do everything, and makes accounts for others. From then on the desk asks who is there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Create the account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The name that you sign in with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change your password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Present password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new password for {account}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wrong tries are forgiven with it. Tell it to nobody else, and have it changed after signing in.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>May sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role of the chosen account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Deactivate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether this person may sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New password…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forgives wrong tries too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the new account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name to sign in with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password of the new account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Role of the new account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An account that may not sign in stays here, for what was done with it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A new account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} – this passage has changed since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Back to the conversation (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing leaves this PC</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline mode</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline, fallback not used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every connection is forbidden, also for fetching a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every connection is forbidden, also for fetching a model; so the fallback at {endpoint} is not used. Switch one of the two off in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replies may be written by {endpoint}; personal data are masked on the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection is opened, unless somebody fetches a model.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} ({role})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested replies</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>very likely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{column}: {value}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search {what} ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search {what}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close or reopen this ticket (C)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put subject and description in other words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Make several tickets one (M)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Priority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assignee</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open it in the inbox</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>BELONGS TO</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order {order}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order of this ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merged into this ticket:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No customer, order or conversation.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOTES</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a note; customers never see it ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split off…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move notes into a ticket of their own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOTES  ·  {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>HISTORY</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was done with this ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take the last step back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was done with it at the desk yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change}: take that back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafted from the customer&apos;s last message. Change what you like.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What it is about, in a few words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>E-mail address or id</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Order number, if it is about one</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Who sees to Ticket {ticket}?</source>
        <comment>Who sees to {n} tickets?</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Empty means nobody.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ticket that stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tickets that go into it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This one stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>These go into it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tick what is about the same matter.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Notes and history of {ticket} will stand in {kept}, which keeps its subject, status and fields. Its number finds the kept one. You can take it back at any time.</source>
        <comment>Notes and history of {n} tickets will stand in {kept}, which keeps its subject, status and fields. Its number finds the kept one. You can take it back at any time.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Split notes off {ticket}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The notes that you tick move into a new ticket of the same customer and order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Split off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes to move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the new ticket is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation of {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>urgent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>high</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>normal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>low</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set the status from {before} to {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set the priority from {before} to {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>set the category from {before} to {after}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed the subject</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed the description</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{who} {did}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{change} (taken back)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opened the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>added a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>merged {tickets} into this ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>merged {ticket} into {kept}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>split {n} note off into {ticket}</source>
        <comment>split {n} notes off into {ticket}</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>gave it to {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>took it from {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>changed the {field}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>opened {when}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{author}, {when}: {note}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{items} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a note</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Assign tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Set the priority of tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close or reopen tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit the ticket</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Anybody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any category</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Esc in the search field to see all tickets again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No tickets yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open one with Ctrl+N, or take over those you have with &apos;cxdesk import FILE --kind tickets&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This ticket could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No ticket chosen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose one in the table.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The note was added to {ticket}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket {ticket} was put in other words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was opened again.</source>
        <comment>{n} tickets were opened again.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was closed.</source>
        <comment>{n} tickets were closed.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>There is nothing to merge with. Choose several tickets with Ctrl+click or Shift+arrows, then press M.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was merged into {kept}.</source>
        <comment>{n} tickets were merged into {kept}.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Ticket {ticket} was split off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ticket {ticket} was opened.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tickets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Any priority</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} ticket, {open} open</source>
        <comment>{n} tickets, {open} open</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was set to {value}.</source>
        <comment>{n} tickets were set to {value}.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was put under {value}.</source>
        <comment>{n} tickets were put under {value}.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was given to {value}.</source>
        <comment>{n} tickets were given to {value}.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ticket {ticket} was given to nobody.</source>
        <comment>{n} tickets were given to nobody.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Transcript</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening the desk…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations, customers and documents are being loaded.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model not loaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is loaded with the first message.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This desk now asks who is there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your password was changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect this desk with accounts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Change my password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accounts: who may sign in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk could not be opened</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model not ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Briefs are ready before it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help for this page</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to {page}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help for this page ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the customers&apos; window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First start: set this desk up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find anything ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock the window ({keys})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the desk again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer asked for a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer asks the same again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nothing in the shop&apos;s data or documents answers it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the wish needs a person&apos;s approval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer&apos;s identity could not be proved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>too many rounds without a result</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer is very upset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a guardrail stopped the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the wish is unclear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is neither a model nor a plain answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not identified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>claimed, not proved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>verified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waits for the customer&apos;s yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not English</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>secret masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>instruction-like</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>look-alike address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden characters removed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>admin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answered</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Given back to the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next step</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>guard</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signals</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>identify</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knowledge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>deal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>compose</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>ground</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>confirm</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>queue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first token</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>total</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>likely</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>possible</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>d MMM</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>MMMM yyyy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&lt;1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>preparing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>draft ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>to answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>upset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has {words}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>means something alike</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>platinum customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gold customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>silver customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>standard customer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mood {points} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resolution {points} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>independence {points} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>drift {points} of {most}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>health {score} of 100</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rated {stars} of 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Asks for a yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer said yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer has not confirmed it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody has it yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>you have it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} has it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} by {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{step} ({note})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>written by {name} elsewhere; personal data were masked</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} fact without support</source>
        <comment>{n} facts without support</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>States no facts that need a source</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} fact checked, all supported</source>
        <comment>{n} facts checked, all supported</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>{found}. This is the desk&apos;s own brief: {why}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{found}. Finished from the desk&apos;s own brief</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong inside cxdesk ({error}). The log has the place; you can go on working.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Autopilot</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Autopilot confidence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brings changed profiles up to date.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Closes conversations that fell silent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Confidence from which autopilot sends a reply.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context that the local model is given.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Context tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversations handed to a person</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Currency of amounts that do not name one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers silent after a reply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers who had written before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Customers&apos; rating, 1 to 5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drafts sent as they were</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Embedder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback URL</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback context tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback retries</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fallback timeout</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Finds passages and intents by meaning, in English; 384 numbers a text, at most 256 tokens read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hour of the night in which all profiles are made anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Housekeeping</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How dates and amounts are written in replies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How often a passing trouble of the endpoint is retried.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How replies sound.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Idle minutes after which the window locks, where there are accounts; 0: never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Locale</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draft waits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock after</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest accepted message, in characters.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest reply that a model may write, in tokens.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest wait for a reply, retries included.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes every customer&apos;s profile anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Makes what was said findable by meaning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages by hour of the day</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages from customers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Messages in a conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Minutes after which a draft that waits is told of; 0: never.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mood, from -1 to 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network and fallback</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversation began in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No conversation was closed in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No customer gave a rating in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No known customer wrote.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody decided on a draft in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody wrote in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notes which documents saved replies rest on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was replied in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was replied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was resolved in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PCs with 16 GB of memory and eight cores: better prose and better judgement, at a third of the default&apos;s speed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PCs with little memory: repeats facts well when told what to say, free answers are often wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Planner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Questions the documents did not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ratings by stars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reads moods and intents of imported conversations.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resolved when closed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rollup hour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Silence that closes a conversation; 0: it never does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spend from which a customer is gold.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spend from which a customer is platinum.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spend from which a customer is silver.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tests, and PCs where nothing else fits: fast, but invents policies, so the desk rejects much of what it writes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The default on an ordinary PC: keeps numbers and ids when it phrases a reply, classifies well in one pass.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The desk read no message in this time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The embedding model: a catalog name, or a folder of one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint model&apos;s context.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint&apos;s OpenAI-compatible address, such as &apos;https://host/v1&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The endpoint&apos;s key; better kept in the environment.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The general model for PCs with little memory.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The general sister of the default, trained for conversation rather than for code.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The language model: a catalog name, &apos;auto&apos; for this PC&apos;s best, or &apos;none&apos;.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model&apos;s name at the endpoint.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The shop&apos;s name, as customers know it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The window&apos;s language, such as &apos;de&apos; or &apos;pt_BR&apos;; empty: the system&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Threads of the language model; 0: chosen for this PC.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tier gold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tier platinum</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tier silver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to resolution, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time to the first reply, median</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What no message may contain, beside what the program refuses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What proves an identity, and which changes the shop allows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When an endpoint elsewhere writes replies, personal data masked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether every connection is forbidden, the fallback&apos;s too.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the desk sends replies by itself when it is sure of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the system tells of handoffs, and of drafts that wait.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who may do what.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who plans look-ups; &apos;model&apos; needs a fallback that is asked always.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Writes the index of words anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>always</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>friendly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on_failure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>playful</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>professional</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rules</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer&apos;s e-mail address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer&apos;s first name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the customer&apos;s full name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the day of the order</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the day on which the order arrived</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the day on which the order is expected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the day on which the order left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the order&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the order&apos;s status, in the shop&apos;s own word</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the order&apos;s total, with its currency</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the parcel&apos;s tracking number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the person at the desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the product in question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the shop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the ticket&apos;s number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the ticket&apos;s status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what the ticket is about</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>who carries the parcel</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>{n} conversation waits for a person.</source>
        <comment>{n} conversations wait for a person.</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>A conversation was handed over: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A draft still waits for a decision.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>cxdesk: {n} waiting</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
