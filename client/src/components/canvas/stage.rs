//! What the parts of the canvas share: the window onto the plane, and what lies where.

use std::collections::BTreeMap;
use std::time::Duration;

use candour_shared::command::Verb;
use candour_shared::ids::{ClusterId, Item, NoteId};
use candour_shared::layout::{Area, Point};
use candour_shared::time::Millis;
use leptos::prelude::*;
use leptos::reactive::computed::Selector;
use wasm_bindgen::JsCast;

use super::camera::Camera;
use super::carry::Lifted;
use super::chosen::Chosen;
use super::geometry::{Pixel, Size};
use super::menu::OpenMenu;
use super::scene::{Lying, Scene};
use crate::board::Board;
use crate::browser;
use crate::browser::media::{self, CALM};

/// Things come into the page and go by cells of this many board units, so that a pan asks for
/// nothing until it has come that far.
const CELL: i32 = 512;
/// How long what a page missed may take to come, after the first of it.
const CATCHES_UP: Duration = Duration::from_secs(1);

/// How long the camera takes to a thing that is shown, in milliseconds.
const GLIDES: f64 = 300.0;

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
    settled: RwSignal<bool>,
    is_current: StoredValue<Selector<Option<Item>>>,
    is_spotlit: StoredValue<Selector<Option<Item>>>,
    sight: Memo<Option<Area>>,
    things: StoredValue<Things>,
}

/// What lies where, and what of it is in the page.
#[derive(Default)]
struct Things {
    scene: Scene,
    shown: BTreeMap<NoteId, RwSignal<bool>>,
    heights: BTreeMap<Item, ArcRwSignal<i32>>,
    highest: i32,
    /// How often the camera glided somewhere.
    glides: u32,
    /// What was seen when everything was shown last.
    fitted: Option<Camera>,
}

/// A motion from one view of the plane to another.
#[derive(Clone, Copy)]
struct Glide {
    from: Camera,
    to: Camera,
    /// Where it has come.
    last: Camera,
    /// When it began.
    begun: Millis,
    number: u32,
}

/// What of the plane is in the page.
#[derive(Clone, Copy)]
struct Seen {
    /// What is in sight; nothing from afar.
    sight: Option<Area>,
    /// What the keyboard is at, wherever that is.
    current: Option<Item>,
}

impl Things {
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
            things: StoredValue::new(Things::default()),
        };
        Effect::new(move || stage.cull());
        Effect::new(move || stage.let_in());
        stage
    }

    /// Puts a thing on the plane, or moves it.
    pub fn put(self, item: Item, lying: Lying) {
        let seen = untrack(|| self.seen());
        self.things.update_value(|things| {
            things.scene.put(item, lying);
            things.show(item, lying.area, seen);
        });
        self.changed.notify();
    }

    /// Takes a thing off the plane.
    pub fn take(self, item: Item) {
        self.things.try_update_value(|things| {
            things.scene.take(item);
            things.heights.remove(&item);
            if let Item::Note(note) = item {
                things.shown.remove(&note);
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
        self.things.update_value(|things| {
            things.shown.insert(note, shown);
        });
        shown
    }

    /// How high a thing lies, followed: what was moved later lies higher.
    #[must_use]
    pub fn height(self, item: Item) -> i32 {
        let height = self
            .things
            .try_update_value(|things| things.heights.entry(item).or_default().clone());
        height.map_or(0, |height| height.get())
    }

    /// Lays a thing over all others, once everything has its place.
    pub fn raise(self, item: Item) {
        if !self.settled.get_untracked() {
            return;
        }
        let raised = self.things.try_update_value(|things| {
            things.highest += 1;
            let height = things.heights.entry(item).or_default();
            (height.clone(), things.highest)
        });
        if let Some((height, highest)) = raised {
            height.set(highest);
        }
    }

    /// Reads the scene as it is now.
    pub fn scene<T>(self, read: impl FnOnce(&Scene) -> T) -> T {
        self.things.with_value(|things| read(&things.scene))
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

    /// Everything that was there when the board opened has its place: shows all of it, and what still
    /// comes of it.
    pub fn settle(self) {
        self.fit();
        self.settled.set(true);
        set_timeout(move || self.fit_again(), CATCHES_UP);
    }

    /// Shows everything at once.
    pub fn fit(self) {
        let bounds = self.scene(Scene::bounds);
        if let (Some(bounds), Some(window)) = (bounds, self.window.get_untracked()) {
            let camera = Camera::fitted(bounds, window);
            self.things
                .update_value(|things| things.fitted = Some(camera));
            self.camera.set(camera);
        }
    }

    /// The window has another size.
    pub fn resize(self, size: Size) {
        self.window.set(Some(size));
        self.fit_again();
    }

    /// Who was shown everything, and has not looked closer since, is shown everything again.
    fn fit_again(self) {
        let fitted = self.things.try_with_value(|things| things.fitted);
        if let (Some(Some(fitted)), Some(camera)) = (fitted, self.camera.try_get_untracked())
            && fitted == camera
        {
            self.fit();
        }
    }

    /// Moves or zooms what is seen, about the middle of the window.
    pub fn look(self, change: impl FnOnce(Camera, Pixel) -> Camera) {
        let window = self.window.get_untracked().unwrap_or_default();
        let middle = Pixel {
            x: window.width / 2.0,
            y: window.height / 2.0,
        };
        self.camera
            .update(|camera| *camera = change(*camera, middle));
    }

    /// Brings a rectangle into the window, so that it can be read.
    pub fn bring(self, area: Area) {
        if let Some(window) = self.window.get_untracked() {
            let camera = self.camera.get_untracked().reading(area, window);
            if camera != self.camera.get_untracked() {
                self.camera.set(camera);
            }
        }
    }

    /// Shows what is in the spotlight, if anything is.
    pub fn go_to_spotlight(self) {
        if let Some(item) = self.board.spotlight.get_untracked() {
            self.show(item);
        }
    }

    /// Shows a thing without taking the keyboard away from where it is.
    pub fn show(self, item: Item) {
        self.current.set(Some(item));
        let lying = self.scene(|scene| scene.get(item));
        if let (Some(lying), Some(window)) = (lying, self.window.get_untracked()) {
            self.raise(item);
            let camera = self.camera.get_untracked();
            self.glide(camera, camera.reading(lying.area, window));
        }
    }

    /// Goes to another view of the plane so that one can see where to, unless somebody wants no motion.
    fn glide(self, from: Camera, to: Camera) {
        if from == to || media::is(CALM) {
            self.camera.set(to);
            return;
        }
        let number = self.things.try_update_value(|things| {
            things.glides += 1;
            things.glides
        });
        if let Some(number) = number {
            self.glide_on(Glide {
                from,
                to,
                last: from,
                begun: browser::now(),
                number,
            });
        }
    }

    fn glide_on(self, glide: Glide) {
        request_animation_frame(move || {
            let Glide { from, to, last, .. } = glide;
            let newest = self.things.try_with_value(|things| things.glides);
            // Who looks elsewhere meanwhile is not taken along.
            if newest != Some(glide.number) || self.camera.try_get_untracked() != Some(last) {
                return;
            }
            let part = (browser::now() - glide.begun).0 as f64 / GLIDES;
            if part >= 1.0 {
                return self.camera.set(to);
            }
            let last = from.towards(to, 1.0 - (1.0 - part).powi(3));
            self.camera.set(last);
            self.glide_on(Glide { last, ..glide });
        });
    }

    /// Takes the keyboard to a thing.
    pub fn go_to(self, item: Item) {
        self.current.set(Some(item));
        if let Some(lying) = self.scene(|scene| scene.get(item)) {
            self.bring(lying.area);
        }
        // A thing that was out of sight comes into the page first.
        request_animation_frame(move || focus(item));
    }

    /// The focus has come to a thing, or to something in it.
    pub fn arrive(self, item: Item) {
        if self.current.get_untracked() != Some(item) {
            self.current.set(Some(item));
        }
        // Who points at a thing has it in sight.
        let by_keyboard = document()
            .active_element()
            .is_some_and(|element| element.matches(":focus-visible") == Ok(true));
        if let Some(lying) = self.scene(|scene| scene.get(item))
            && by_keyboard
        {
            self.raise(item);
            self.bring(lying.area);
        }
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
        self.things.with_value(|things| {
            for (item, lying) in things.scene.iter() {
                things.show(item, lying.area, seen);
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

/// The `id` of a thing's element.
#[must_use]
pub fn element_id(item: Item) -> String {
    match item {
        Item::Cluster(cluster) => format!("group-{cluster}"),
        Item::Note(note) => format!("note-{note}"),
    }
}

/// Gives a thing the focus.
pub fn focus(item: Item) {
    if let Some(element) = element(item) {
        // An element that can't take the focus leaves it where it was.
        let _ = element.unchecked_into::<web_sys::HtmlElement>().focus();
    }
}

pub(super) fn element(item: Item) -> Option<web_sys::Element> {
    document().get_element_by_id(&element_id(item))
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
