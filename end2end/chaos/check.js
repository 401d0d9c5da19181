// Who is missing, who is there twice: the player's journal against the server's plays.

// `journal`: what the player says it made. `stored`: the ids that the server has. `kept`: ids that
// no death may have lost. One line for each thing that is wrong.
export function playsAgree(name, { journal, stored, kept }) {
  const made = new Set(journal.map(({ id }) => id));
  const there = new Set(stored);
  const wrong = [];
  const complain = (ids, what) => {
    if (ids.length > 0) wrong.push(`${name}: ${ids.length} plays ${what}, such as ${ids[0]}`);
  };
  complain(twice(journal.map(({ id }) => id)), "stand twice in the journal");
  complain(twice(stored), "are stored twice");
  complain([...made].filter((id) => !there.has(id)), "of the journal are not stored");
  complain([...there].filter((id) => !made.has(id)), "are stored that the player never made");
  complain([...kept].filter((id) => !made.has(id)), "were seen on the TV and lost");
  complain(journal.filter(({ receipt }) => !receipt).map(({ id }) => id), "have no receipt");
  return wrong;
}

const twice = (ids) => ids.filter((id, place) => ids.indexOf(id) !== place);

// The player's disk against what was published last.
export function filesAgree(name, { files, wanted }) {
  const missing = wanted.filter((sha256) => !files.names.includes(sha256));
  return [
    ...files.damaged.map((file) => `${name}: ${file} is damaged`),
    ...missing.map((file) => `${name}: ${file} is missing`),
  ];
}
