//! A memory card that loses power: what was not synced may be there or not.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use pi_client::Operation;

/// What becomes of what was not synced.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Loss {
    /// All of it is gone.
    Everything,
    /// Names are there, bytes are gone: a journal that knows files better than their content.
    Bytes,
    /// Bytes are there, names are gone.
    Names,
    /// Nothing is gone: as after `kill -9`.
    Nothing,
    /// Some of it is gone, in no order, and sectors are torn.
    Some(u64),
}

/// The card.
#[derive(Clone, Default)]
pub struct Card {
    files: BTreeMap<u64, Synced<Vec<u8>>>,
    names: Synced<BTreeMap<String, u64>>,
}

/// Something in its last safe form, with what happened since.
#[derive(Clone, Default)]
struct Synced<T> {
    safe: T,
    since: Vec<Operation>,
}

impl Card {
    /// One thing more happens.
    pub fn see(&mut self, operation: &Operation) {
        match operation {
            Operation::Create { file, .. } => {
                self.files.insert(*file, Synced::default());
                self.names.since.push(operation.clone());
            }
            Operation::Rename { .. } | Operation::Remove { .. } => {
                self.names.since.push(operation.clone());
            }
            Operation::Write { file, .. } | Operation::SetLen { file, .. } => {
                let file = self.files.get_mut(file).unwrap();
                file.since.push(operation.clone());
            }
            Operation::Sync { file } => {
                let file = self.files.get_mut(file).unwrap();
                for change in std::mem::take(&mut file.since) {
                    change_bytes(&mut file.safe, &change, usize::MAX);
                }
            }
            Operation::SyncNames { directory } => self.sync_names(directory),
            Operation::Mark(_) => {}
        }
    }

    /// What is found in this folder when the power is back.
    pub fn restore(&self, loss: Loss, folder: &Path) {
        let mut dice = Dice(match loss {
            Loss::Some(seed) => seed,
            _ => 1,
        });
        fs::create_dir_all(folder.join("files")).unwrap();
        for (name, file) in self.names_after(loss, &mut dice) {
            let bytes = self.bytes_after(file, loss, &mut dice);
            fs::write(folder.join(name), bytes).unwrap();
        }
    }

    fn names_after(&self, loss: Loss, dice: &mut Dice) -> BTreeMap<String, u64> {
        let mut names = self.names.safe.clone();
        let since = &self.names.since;
        let kept = match loss {
            Loss::Everything | Loss::Names => 0,
            Loss::Bytes | Loss::Nothing => since.len(),
            // A journal keeps its order.
            Loss::Some(_) => dice.below(since.len() + 1),
        };
        for operation in &since[..kept] {
            change_names(&mut names, operation);
        }
        names
    }

    fn bytes_after(&self, file: u64, loss: Loss, dice: &mut Dice) -> Vec<u8> {
        let file = &self.files[&file];
        let mut bytes = file.safe.clone();
        for change in &file.since {
            let kept = match loss {
                Loss::Everything | Loss::Bytes => 0,
                Loss::Names | Loss::Nothing => usize::MAX,
                Loss::Some(_) => [0, 512, usize::MAX, usize::MAX][dice.below(4)],
            };
            if kept > 0 {
                change_bytes(&mut bytes, change, kept);
            }
        }
        bytes
    }

    fn sync_names(&mut self, directory: &str) {
        let of = |name: &str| Path::new(name).parent() == Some(Path::new(directory));
        let since = std::mem::take(&mut self.names.since);
        for operation in since {
            let (Operation::Create { name, .. }
            | Operation::Remove { name }
            | Operation::Rename { to: name, .. }) = &operation
            else {
                continue;
            };
            if of(name) {
                change_names(&mut self.names.safe, &operation);
            } else {
                self.names.since.push(operation);
            }
        }
    }
}

fn change_names(names: &mut BTreeMap<String, u64>, operation: &Operation) {
    match operation {
        Operation::Create { file, name } => {
            names.insert(name.clone(), *file);
        }
        Operation::Remove { name } => {
            names.remove(name);
        }
        Operation::Rename { from, to } => {
            if let Some(file) = names.remove(from) {
                names.insert(to.clone(), file);
            }
        }
        _ => {}
    }
}

/// Makes a change of which only the first bytes came through.
fn change_bytes(safe: &mut Vec<u8>, change: &Operation, kept: usize) {
    match change {
        Operation::Write { offset, bytes, .. } => {
            let from = usize::try_from(*offset).unwrap();
            let bytes = &bytes[..bytes.len().min(kept)];
            if safe.len() < from + bytes.len() {
                safe.resize(from + bytes.len(), 0);
            }
            safe[from..from + bytes.len()].copy_from_slice(bytes);
        }
        Operation::SetLen { length, .. } => safe.resize(usize::try_from(*length).unwrap(), 0),
        _ => {}
    }
}

/// The same throws for the same seed.
pub struct Dice(pub u64);

impl Dice {
    /// A number below this one.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}
