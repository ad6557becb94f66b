//! Values that components read and follow.

use leptos::prelude::*;

use crate::view::Replies;

/// A value components can read and follow; only the board writes it. Writing what it is already
/// wakes nobody.
pub struct Live<T: 'static>(pub(super) RwSignal<T>);

impl<T> Clone for Live<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Live<T> {}

impl<T: Send + Sync> Live<T> {
    pub(super) fn new(value: T) -> Self {
        Self(RwSignal::new(value))
    }

    /// The value, followed: who asks is asked again when it changes.
    #[must_use]
    pub fn get(self) -> T
    where
        T: Clone,
    {
        self.0.get()
    }

    /// The value as it is now, not followed.
    #[must_use]
    pub fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.0.get_untracked()
    }

    /// Something of the value, followed.
    pub fn with<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with(read)
    }

    /// Something of the value as it is now, not followed.
    pub fn with_untracked<U>(self, read: impl FnOnce(&T) -> U) -> U {
        self.0.with_untracked(read)
    }

    /// The value as a signal, for components' properties.
    #[must_use]
    pub fn signal(self) -> ReadSignal<T> {
        self.0.read_only()
    }

    pub(super) fn put(self, value: T)
    where
        T: PartialEq,
    {
        if self.0.with_untracked(|before| *before != value) {
            self.0.set(value);
        }
    }

    pub(super) fn update(self, change: impl FnOnce(&mut T)) {
        self.0.update(change);
    }
}

/// The signals of one note.
#[derive(Clone, Copy)]
pub struct NoteSignals {
    /// What it says.
    pub view: ReadSignal<crate::view::NoteView>,
    /// Where it is.
    pub spot: ReadSignal<crate::view::Spot>,
    /// What people say about it.
    pub replies: ReadSignal<Replies>,
}

/// The signals of one cluster.
#[derive(Clone, Copy)]
pub struct ClusterSignals {
    /// Its name and its notes.
    pub view: ReadSignal<crate::view::ClusterView>,
    /// Where it is.
    pub spot: ReadSignal<crate::view::ClusterSpot>,
    /// What people say about it.
    pub replies: ReadSignal<Replies>,
}

/// The values of a note or a cluster, as long as it is shown.
pub(super) struct Source<V: 'static, S: 'static> {
    pub(super) view: ArcRwSignal<V>,
    pub(super) spot: ArcRwSignal<S>,
    pub(super) replies: ArcRwSignal<Replies>,
}

impl<V, S> Source<V, S>
where
    V: PartialEq + Send + Sync,
    S: PartialEq + Send + Sync,
{
    pub(super) fn new(view: V, spot: S, replies: Replies) -> Self {
        Self {
            view: ArcRwSignal::new(view),
            spot: ArcRwSignal::new(spot),
            replies: ArcRwSignal::new(replies),
        }
    }

    pub(super) fn put(&self, view: V, spot: S, replies: Replies) {
        put(&self.view, view);
        put(&self.spot, spot);
        put(&self.replies, replies);
    }
}

fn put<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|before| *before != value) {
        signal.set(value);
    }
}
