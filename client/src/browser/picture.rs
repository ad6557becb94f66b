//! A picture of the board drawn on a canvas and saved as PNG.

use candour_shared::layout::Point;
use leptos::prelude::document;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement};

use super::save_blob;
use crate::view::picture::{FONTS, Picture, Shape, weight};
use crate::view::shades::PAPER;

/// Longest side of a canvas, in pixels, that every browser can make.
const LONGEST: f64 = 8_192.0;
/// How many pixels a board unit gets where there is room, so that it prints sharply.
const SHARP: f64 = 2.0;

/// Saves the picture as a file, as large as a browser can make it.
pub async fn save_png(name: &str, picture: &Picture) -> Result<(), JsValue> {
    let (width, height) = (f64::from(picture.width), f64::from(picture.height));
    let scale = (LONGEST / width.max(height)).min(SHARP);
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width((width * scale) as u32);
    canvas.set_height((height * scale) as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.scale(scale, scale)?;
    context.set_fill_style_str(PAPER);
    context.fill_rect(0.0, 0.0, width, height);
    for shape in &picture.shapes {
        draw(&context, shape)?;
    }
    save_blob(name, &png(&canvas).await?)
}

fn draw(context: &CanvasRenderingContext2d, shape: &Shape) -> Result<(), JsValue> {
    match shape {
        Shape::Box { area, fill, edge } => {
            let Point { x, y } = area.corner;
            let (x, y) = (f64::from(x), f64::from(y));
            let (width, height) = (f64::from(area.size.0), f64::from(area.size.1));
            context.set_fill_style_str(fill);
            context.fill_rect(x, y, width, height);
            context.set_stroke_style_str(edge);
            context.stroke_rect(x, y, width, height);
            Ok(())
        }
        Shape::Line {
            at,
            size,
            bold,
            ink,
            text,
        } => {
            context.set_fill_style_str(ink);
            context.set_font(&format!("{} {size}px {FONTS}", weight(*bold)));
            context.fill_text(text, f64::from(at.x), f64::from(at.y))
        }
    }
}

/// The canvas as a PNG; an error where it is larger than the browser can make.
async fn png(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let made = js_sys::Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let answer = if blob.is_null() { &reject } else { &resolve };
            // A promise that is settled calls nothing that could fail.
            let _ = answer.call1(&JsValue::NULL, &blob);
        });
        if let Err(fault) = canvas.to_blob(done.unchecked_ref()) {
            wasm_bindgen::throw_val(fault);
        }
    });
    Ok(JsFuture::from(made).await?.unchecked_into())
}
