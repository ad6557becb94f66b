//! What the parts of the canvas share: the window onto the plane, and what lies where.

use std::collections::BTreeMap;

use candour_shared::command::Verb;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{Area, Point};
use leptos::prelude::*;
use leptos::reactive::computed::Selector;

use super::camera::Camera;
use super::chosen::Chosen;
use super::geometry::{Pixel, Size};
use super::lifted::Lifted;
use super::scene::{Lying, Scene};
use crate::board::Board;

/// Items come into the page and go by cells of this many board units, so that a pan asks for
/// nothing until it has come that far.
const CELL: i32 = 512;
/// The canvas, for its parts: get it with `expect_context::<Stage>()`. It is a handle: copy it freely.
#[derive(Clone, Copy)]
pub struct Stage {
    /// The board.
    pub board: Board,
    /// What is seen.
    pub camera: RwSignal<Camera>,
    /// How large the window onto the plane is; nothing before it is measured.
    pub window: RwSignal<Option<Size>>,
    /// Wakes who draws the scene when something of it has changed.
    pub changed: Trigger,
    /// What the person at this page carries.
    pub lifted: RwSignal<Option<Lifted>>,
    /// Which things that is.
    carried: Memo<Vec<Item>>,
    /// What they chose, to do something with all of it.
    pub chosen: Chosen,
    /// The thing the keyboard is at.
    pub current: RwSignal<Option<Item>>,
    /// The cluster whose name is being written.
    pub renaming: RwSignal<Option<ClusterId>>,
    /// The note that is being read.
    pub reading: RwSignal<Option<Item>>,
    /// The menu that is open.
    pub menu: RwSignal<Option<OpenMenu>>,
    /// Whether what was there when the board opened has its place; before, nothing is shown.
    pub(super) settled: RwSignal<bool>,
    is_current: StoredValue<Selector<Option<Item>>>,
    is_spotlit: StoredValue<Selector<Option<Item>>>,
    sight: Memo<Option<Area>>,
    pub(super) items: StoredValue<Items>,
}

/// An open menu.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenMenu {
    /// Whose.
    pub item: Item,
    /// Where in the window, its upper left corner if there is room.
    pub at: Pixel,
}

/// What lies where, and what of it is in the page.
#[derive(Default)]
pub(super) struct Items {
    scene: Scene,
    shown: BTreeMap<NoteId, RwSignal<bool>>,
    heights: BTreeMap<Item, ArcRwSignal<i32>>,
    highest: i32,
    /// How often the camera glided somewhere.
    pub(super) glides: u32,
    /// What was seen when everything was shown last.
    pub(super) fitted: Option<Camera>,
}

/// What of the plane is in the page.
#[derive(Clone, Copy)]
struct Seen {
    /// What is in sight; nothing from afar.
    sight: Option<Area>,
    /// What the keyboard is at, wherever that is.
    current: Option<Item>,
}

impl Items {
    /// Puts a note into the page, or takes it out.
    fn show(&self, item: Item, area: Area, seen: Seen) {
        if let Item::Note(note) = item
            && let Some(shown) = self.shown.get(&note)
        {
            let is =
                seen.current == Some(item) || seen.sight.is_some_and(|sight| sight.meets(area));
            if shown.get_untracked() != is {
                shown.set(is);
            }
        }
    }
}

impl Stage {
    /// The canvas of a board.
    #[must_use]
    pub fn new(board: Board) -> Self {
        let camera = RwSignal::new(Camera::default());
        let window = RwSignal::new(None::<Size>);
        let lifted = RwSignal::new(None::<Lifted>);
        let current = RwSignal::new(None);
        let settled = RwSignal::new(false);
        let sight = Memo::new(move |_| {
            let (camera, window) = (camera.get(), window.get()?);
            let shows = settled.get() && camera.is_legible();
            shows.then(|| cells(camera.in_sight(window)))
        });
        let stage = Self {
            board,
            camera,
            window,
            changed: Trigger::new(),
            lifted,
            carried: Memo::new(move |_| {
                lifted.with(|it| it.as_ref().map(Lifted::items).unwrap_or_default())
            }),
            chosen: Chosen::default(),
            current,
            renaming: RwSignal::new(None),
            reading: RwSignal::new(None),
            menu: RwSignal::new(None),
            settled,
            is_current: StoredValue::new(Selector::new(move || current.get())),
            is_spotlit: StoredValue::new(Selector::new(move || board.spotlight.get())),
            sight,
            items: StoredValue::new(Items::default()),
        };
        Effect::new(move || stage.cull());
        Effect::new(move || stage.let_in());
        stage
    }

    /// Puts a thing on the plane, or moves it.
    pub fn put(self, item: Item, lying: Lying) {
        let seen = untrack(|| self.seen());
        self.items.update_value(|items| {
            items.scene.put(item, lying);
            items.show(item, lying.area, seen);
        });
        self.changed.notify();
    }

    /// Takes a thing off the plane.
    pub fn take(self, item: Item) {
        self.items.try_update_value(|items| {
            items.scene.take(item);
            items.heights.remove(&item);
            if let Item::Note(note) = item {
                items.shown.remove(&note);
            }
        });
        self.chosen.forget(item);
        for selector in [self.is_current, self.is_spotlit] {
            selector.try_with_value(|selector| selector.remove(&Some(item)));
        }
        if self.current.try_get_untracked().flatten() == Some(item) {
            self.current.set(None);
        }
        self.changed.notify();
    }

    /// Whether a note is in the page, followed. The signal belongs to the component that asks.
    #[must_use]
    pub fn shown(self, note: NoteId) -> RwSignal<bool> {
        let shown = RwSignal::new(false);
        self.items.update_value(|items| {
            items.shown.insert(note, shown);
        });
        shown
    }

    /// How high a thing lies, followed: what was moved later lies higher.
    #[must_use]
    pub fn height(self, item: Item) -> i32 {
        let height = self
            .items
            .try_update_value(|items| items.heights.entry(item).or_default().clone());
        height.map_or(0, |height| height.get())
    }

    /// Lays a thing over all others, once everything has its place.
    pub fn raise(self, item: Item) {
        if !self.settled.get_untracked() {
            return;
        }
        let raised = self.items.try_update_value(|items| {
            items.highest += 1;
            let height = items.heights.entry(item).or_default();
            (height.clone(), items.highest)
        });
        if let Some((height, highest)) = raised {
            height.set(highest);
        }
    }

    /// Reads the scene as it is now.
    pub fn scene<T>(self, read: impl FnOnce(&Scene) -> T) -> T {
        self.items.with_value(|items| read(&items.scene))
    }

    /// Whether the keyboard is at a thing, followed.
    #[must_use]
    pub fn is_current(self, item: Item) -> bool {
        self.is_current
            .with_value(|selector| selector.selected(&Some(item)))
    }

    /// Whether everybody is brought to a thing, followed.
    #[must_use]
    pub fn is_spotlit(self, item: Item) -> bool {
        self.is_spotlit
            .with_value(|selector| selector.selected(&Some(item)))
    }

    /// Whether the person at this page carries a thing, or the cluster it is in, followed.
    #[must_use]
    pub fn carries(self, item: Item, within: Option<ClusterId>) -> bool {
        self.carried.with(|carried| {
            let cluster = within.map(Item::Cluster);
            carried.contains(&item) || cluster.is_some_and(|cluster| carried.contains(&cluster))
        })
    }

    /// Opens a cluster's name for writing.
    pub fn rename(self, cluster: ClusterId) {
        if untrack(|| self.board.may(Verb::NameCluster)).is_ok() {
            if let Some(lying) = self.scene(|scene| scene.get(Item::Cluster(cluster))) {
                self.bring(lying.area);
            }
            self.renaming.set(Some(cluster));
        }
    }

    /// Leaves the keyboard a way in: where it is at no thing, it is at the one read first.
    fn let_in(self) {
        let any = self.board.notes.with(|notes| !notes.is_empty());
        if any && self.current.get().is_none() {
            // The notes have their places with the next frame of the screen.
            request_animation_frame(move || {
                if self.current.try_get_untracked() == Some(None) {
                    self.current.set(self.scene(Scene::first));
                }
            });
        }
    }

    fn cull(self) {
        let seen = self.seen();
        self.items.with_value(|items| {
            for (item, lying) in items.scene.iter() {
                items.show(item, lying.area, seen);
            }
        });
    }

    fn seen(self) -> Seen {
        Seen {
            sight: self.sight.get(),
            current: self.current.get(),
        }
    }
}

/// The cells an area touches.
fn cells(area: Area) -> Area {
    let start = |at: i32| at.div_euclid(CELL) * CELL;
    let corner = Point {
        x: start(area.corner.x),
        y: start(area.corner.y),
    };
    let size = (
        start(area.right()) + CELL - corner.x,
        start(area.bottom()) + CELL - corner.y,
    );
    Area { corner, size }
}
