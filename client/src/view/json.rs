//! JSON to be read by people: the same characters in the same order, with white space between them.

/// A JSON text made readable, and the names of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readable {
    /// The text on several lines.
    pub text: String,
    /// The name of every field, as they come up.
    pub fields: Vec<String>,
}

impl Readable {
    /// Spreads a JSON text. What is no JSON comes back much as it was.
    #[must_use]
    pub fn of(json: &str) -> Self {
        let mut readable = Self::default();
        let mut depth: usize = 0;
        let mut rest = json.chars().peekable();
        let mut last = String::new();
        while let Some(c) = rest.next() {
            let out = &mut readable.text;
            match c {
                '"' => {
                    last.clear();
                    while let Some(c) = rest.next_if(|c| *c != '"') {
                        last.push(c);
                        if c == '\\' {
                            last.extend(rest.next());
                        }
                    }
                    rest.next();
                    out.push('"');
                    out.push_str(&last);
                    out.push('"');
                }
                '{' | '[' => {
                    out.push(c);
                    if let Some(end) = rest.next_if(|next| matches!(next, '}' | ']')) {
                        out.push(end);
                    } else {
                        depth += 1;
                        break_line(out, depth);
                    }
                }
                '}' | ']' => {
                    depth = depth.saturating_sub(1);
                    break_line(out, depth);
                    out.push(c);
                }
                ',' => {
                    out.push(c);
                    break_line(out, depth);
                }
                ':' => {
                    out.push_str(": ");
                    if !readable.fields.contains(&last) {
                        readable.fields.push(last.clone());
                    }
                }
                c => out.push(c),
            }
        }
        readable
    }
}

fn break_line(out: &mut String, depth: usize) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_spread_over_lines_in_its_own_order() {
        let readable = Readable::of(r#"{"b":{"x":1,"y":[2,3]},"a":[],"b":null}"#);
        let lines = [
            "{",
            "  \"b\": {",
            "    \"x\": 1,",
            "    \"y\": [",
            "      2,",
            "      3",
            "    ]",
            "  },",
            "  \"a\": [],",
            "  \"b\": null",
            "}",
        ];
        assert_eq!(readable.text, lines.join("\n"));
        assert_eq!(readable.fields, ["b", "x", "y", "a"]);
    }

    #[test]
    fn what_is_inside_a_text_stays_as_it_is() {
        let json = r#"{"text":"a {\"b\": [1,2]} \\"}"#;
        let readable = Readable::of(json);
        assert_eq!(
            readable.text,
            "{\n  \"text\": \"a {\\\"b\\\": [1,2]} \\\\\"\n}"
        );
        assert_eq!(readable.fields, ["text"]);
    }

    #[test]
    fn nothing_is_added_but_white_space() {
        let json = r#"{"id":7,"command":{"post_note":{"content":{"text":"Über é"}}}}"#;
        let spread = Readable::of(json).text;
        let spaced = |text: &str| text.replace([' ', '\n'], "");
        assert_eq!(spaced(&spread), spaced(json));
    }
}
