//! The way back and forth through what was changed.

/// Steps that are kept: more than anyone takes back.
const STEPS: usize = 100;

/// States before and after the present one.
#[derive(Clone, Debug)]
pub(super) struct Steps<T> {
    past: Vec<T>,
    future: Vec<T>,
}

impl<T> Default for Steps<T> {
    fn default() -> Self {
        Self {
            past: Vec::new(),
            future: Vec::new(),
        }
    }
}

impl<T> Steps<T> {
    /// Keeps a state that is about to change.
    pub fn keep(&mut self, state: T) {
        self.future.clear();
        if self.past.len() == STEPS {
            self.past.remove(0);
        }
        self.past.push(state);
    }

    /// The state before the present one, if there is any.
    pub fn back(&mut self, present: T) -> Option<T> {
        let state = self.past.pop()?;
        self.future.push(present);
        Some(state)
    }

    /// The state that was taken back last, if there is any.
    pub fn forth(&mut self, present: T) -> Option<T> {
        let state = self.future.pop()?;
        self.past.push(present);
        Some(state)
    }

    /// Whether there is a way back.
    pub fn has_past(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether something was taken back.
    pub fn has_future(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{STEPS, Steps};

    #[test]
    fn steps_are_taken_back_and_again() {
        let mut steps = Steps::default();
        steps.keep('a');
        steps.keep('b');
        assert_eq!(steps.back('c'), Some('b'));
        assert_eq!(steps.back('b'), Some('a'));
        assert_eq!(steps.back('a'), None);
        assert_eq!(steps.forth('a'), Some('b'));
        steps.keep('b');
        assert!(steps.has_past() && !steps.has_future());
    }

    #[test]
    fn the_oldest_steps_are_forgotten() {
        let mut steps = Steps::default();
        for step in 0..=STEPS {
            steps.keep(step);
        }
        let mut present = STEPS + 1;
        while let Some(before) = steps.back(present) {
            present = before;
        }
        assert_eq!(present, 1);
    }
}
