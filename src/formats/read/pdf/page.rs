//! The operators of a page, followed as a reader follows them that draws: what text is shown where, and what lies over it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::file::File;
use super::font::Font;
use super::geometry::{Area, Matrix};
use super::ground::{Ground, Grounds};
use super::layers::Layers;
use super::lines::Piece;
use super::object::{Dictionary, Object, operand};
use super::path::Path;
use super::show::Cursor;
use super::state::{Paint, State};
use super::token::{ONE, Scanner, Token};

/// Drawings in drawings.
const DEEPEST: usize = 12;
/// States and marks that are kept at once; beyond them only their number is.
const MOST_KEPT: usize = 512;
/// Operands of one operator.
const MOST_OPERANDS: usize = 4_096;

/// What all pages of a file have in common.
pub(super) struct Shared<'f> {
    pub(super) file: &'f File<'f>,
    pub(super) layers: Layers,
    pub(super) fonts: BTreeMap<u32, Rc<Font>>,
    /// Footnotes so far.
    pub(super) notes: u32,
}

/// One page while it is drawn.
pub(super) struct Painter<'p, 'f> {
    pub(super) shared: &'p mut Shared<'f>,
    pub(super) grounds: Grounds,
    /// The texts of this page.
    pub(super) pieces: Vec<Piece>,
    pub(super) state: State,
    pub(super) cursor: Cursor,
    kept: Kept<State>,
    path: Path,
    pub(super) around: Around,
    marks: Kept<Around>,
}

/// What the marks around a text say of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    /// It is no part of the document: a header, a footer, the letters of a logo.
    pub(super) artifact: bool,
    /// The footnote it belongs to, from 1.
    pub(super) note: Option<u32>,
    /// It is in a layer that is switched off.
    pub(super) off: bool,
    /// What it stands for, until that was said once.
    pub(super) actual: Option<Option<String>>,
}

/// A stack that does not grow without end.
struct Kept<T> {
    kept: Vec<T>,
    more: usize,
}

impl<T> Kept<T> {
    const NONE: Kept<T> = Kept { kept: Vec::new(), more: 0 };

    fn push(&mut self, state: T) {
        match self.kept.len() < MOST_KEPT {
            true => self.kept.push(state),
            false => self.more += 1,
        }
    }

    fn pop(&mut self) -> Option<T> {
        match self.more.checked_sub(1) {
            Some(more) => {
                self.more = more;
                None
            }
            None => self.kept.pop(),
        }
    }
}

impl<'p, 'f> Painter<'p, 'f> {
    pub(super) fn new(shared: &'p mut Shared<'f>, page: Area) -> Painter<'p, 'f> {
        Painter {
            shared,
            grounds: Grounds::new(page),
            pieces: Vec::new(),
            state: State::new(page),
            cursor: Cursor::default(),
            kept: Kept::NONE,
            path: Path::default(),
            around: Around::default(),
            marks: Kept::NONE,
        }
    }

    /// Draws on with nothing set: so begins what lies over a page.
    pub(super) fn restart(&mut self, page: Area) {
        self.state = State::new(page);
        self.around = Around::default();
    }

    pub(super) fn file(&self) -> &'f File<'f> {
        self.shared.file
    }

    /// Follows the operators of a page or of a drawing on it.
    pub(super) fn draw(&mut self, content: &[u8], resources: &Dictionary, depth: usize) {
        let mut scanner = Scanner::new(content, 0);
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = scanner.next() {
            match token {
                Token::Word(b"BI") => {
                    self.inline_image(&mut scanner);
                    operands.clear();
                }
                Token::Word(word) if !matches!(word, b"true" | b"false" | b"null") => {
                    self.operate(word, &operands, resources, depth);
                    operands.clear();
                }
                token if operands.len() < MOST_OPERANDS => operands.extend(operand(token, &mut scanner)),
                _ => {}
            }
        }
    }

    fn operate(&mut self, operator: &[u8], operands: &[Object], resources: &Dictionary, depth: usize) {
        let numbers: Vec<i64> = operands.iter().take(32).filter_map(Object::number).collect();
        let name = operands.iter().rev().find_map(Object::name).unwrap_or_default();
        if self.state.operate(operator, &numbers) || self.path.operate(operator, &numbers, self.state.matrix) {
            if operands.iter().any(|operand| operand.name().is_some()) && matches!(operator, b"scn" | b"SCN") {
                self.state.fill.colour = None;
            }
            return;
        }
        match operator {
            b"q" => self.kept.push(self.state.clone()),
            b"Q" => self.state = self.kept.pop().unwrap_or_else(|| self.state.clone()),
            b"cs" => self.state.fill = self.in_space(self.state.fill, resources, name),
            b"CS" => self.state.stroke = self.in_space(self.state.stroke, resources, name),
            b"gs" => self.graphics(resources, name),
            b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => self.fill(),
            b"S" | b"s" | b"n" => self.end_path(),
            b"sh" => self.cover(Ground { area: self.state.clip, colour: None, solid: self.is_solid() }),
            b"Do" => self.object(resources, name, depth),
            b"BMC" | b"BDC" => self.begin(operands, resources),
            b"EMC" => self.around = self.marks.pop().unwrap_or_default(),
            b"Tf" => {
                self.state.text.size = numbers.last().copied().unwrap_or(0);
                self.state.text.font = self.font(resources, name);
            }
            _ => self.text(operator, operands, &numbers),
        }
    }

    fn is_solid(&self) -> bool {
        self.state.plain && self.state.fill.opacity > ONE / 5 * 4
    }

    fn cover(&mut self, ground: Ground) {
        let file = self.file();
        let area = ground.area.within(self.state.clip);
        if !self.around.off {
            self.grounds.draw(Ground { area, ..ground }, &mut self.pieces, file);
        }
    }

    fn fill(&mut self) {
        let solid = self.is_solid();
        let colour = self.state.fill.colour.filter(|_| solid);
        for (area, full) in self.path.areas() {
            self.cover(Ground { area, colour, solid: solid && full });
        }
        self.end_path();
    }

    fn end_path(&mut self) {
        if let Some(area) = self.path.end() {
            self.state.clip = self.state.clip.within(area);
        }
    }

    fn in_space(&self, paint: Paint, resources: &Dictionary, name: &[u8]) -> Paint {
        let file = self.file();
        let space = file.part(resources, b"ColorSpace").map(|spaces| file.get(&spaces, name)).unwrap_or_default();
        let kind = space.items().first().and_then(Object::name).or(space.name()).unwrap_or(name);
        paint.in_space(kind)
    }

    /// A set of settings that has a name.
    fn graphics(&mut self, resources: &Dictionary, name: &[u8]) {
        let file = self.file();
        let Some(set) = file.part(resources, b"ExtGState").and_then(|sets| file.part(&sets, name)) else { return };
        let number = |name: &[u8]| file.get(&set, name).number();
        self.state.fill.opacity = number(b"ca").unwrap_or(self.state.fill.opacity).clamp(0, ONE);
        self.state.stroke.opacity = number(b"CA").unwrap_or(self.state.stroke.opacity).clamp(0, ONE);
        let mask = file.get(&set, b"SMask");
        let blend = file.get(&set, b"BM");
        if mask.dictionary().is_some() || blend.name().is_some_and(|name| name != b"Normal" && name != b"Compatible") {
            self.state.plain = false;
        } else if mask.name().is_some() || blend.name().is_some() {
            self.state.plain = true;
        }
    }

    fn font(&mut self, resources: &Dictionary, name: &[u8]) -> Option<Rc<Font>> {
        let file = self.file();
        let fonts = file.part(resources, b"Font")?;
        let number = if let Object::Reference(number) = fonts.get(name) { Some(*number) } else { None };
        if let Some(known) = number.and_then(|number| self.shared.fonts.get(&number)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(file, &file.part(&fonts, name)?));
        if let Some(number) = number {
            self.shared.fonts.insert(number, Rc::clone(&font));
        }
        Some(font)
    }

    /// A picture, or a drawing that has a name.
    fn object(&mut self, resources: &Dictionary, name: &[u8], depth: usize) {
        let file = self.file();
        let Some(objects) = file.part(resources, b"XObject") else { return };
        let object = file.get(&objects, name);
        let Some(about) = object.dictionary() else { return };
        let off = self.shared.layers.hides(file, about.get(b"OC"));
        let before = self.around.off;
        self.around.off |= off;
        if about.is(b"Subtype", b"Image") {
            let through = [&b"SMask"[..], b"Mask", b"ImageMask"]
                .iter()
                .any(|key| !matches!(file.get(about, key), Object::Nothing | Object::Flag(false)));
            self.image(!through);
        } else if depth < DEEPEST {
            self.form(&object, Matrix::SAME, resources, depth);
        }
        self.around.off = before;
    }

    /// A drawing, moved to its place by a matrix of its own and another.
    pub(super) fn form(&mut self, form: &Object, place: Matrix, resources: &Dictionary, depth: usize) {
        let file = self.file();
        let (Some(about), Some(content)) = (form.dictionary(), file.stream(form)) else { return };
        let outer = (self.state.clone(), self.cursor.clone());
        self.state.matrix = Matrix::of(&file.numbers(about, b"Matrix")).then(place).then(self.state.matrix);
        if let Some(area) = Area::of(&file.numbers(about, b"BBox")) {
            self.state.clip = self.state.clip.within(self.state.matrix.area(area));
        }
        let own = file.part(about, b"Resources");
        self.draw(&content, own.as_ref().unwrap_or(resources), depth + 1);
        (self.state, self.cursor) = outer;
    }

    fn image(&mut self, opaque: bool) {
        let area = self.state.matrix.area(Area::UNIT);
        let solid = opaque && self.is_solid() && self.state.matrix.is_upright();
        self.cover(Ground { area, colour: None, solid });
    }

    /// A small picture among the operators: its bytes are none.
    fn inline_image(&mut self, scanner: &mut Scanner<'_>) {
        while let Some(token) = scanner.next() {
            if token == Token::Word(b"ID") {
                break;
            }
        }
        let rest = scanner.rest();
        let ends = memchr::memmem::find_iter(rest, b"EI").find(|at| {
            let is_apart = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
            is_apart(rest.get(at.wrapping_sub(1))) && is_apart(rest.get(at + 2))
        });
        scanner.at += ends.map_or(rest.len(), |at| at + 2);
        self.image(false);
    }

    /// What stands between two marks is of a kind, or in a layer.
    fn begin(&mut self, operands: &[Object], resources: &Dictionary) {
        self.marks.push(self.around.clone());
        let file = self.file();
        let properties = match operands.get(1) {
            Some(Object::Name(name)) => {
                let all = file.part(resources, b"Properties").unwrap_or_default();
                all.get(name).clone()
            }
            other => other.cloned().unwrap_or_default(),
        };
        match operands.first().and_then(Object::name) {
            Some(b"Artifact") => self.around.artifact = true,
            Some(b"Note") => {
                self.shared.notes += 1;
                self.around.note = Some(self.shared.notes);
            }
            Some(b"OC") => self.around.off |= self.shared.layers.hides(file, &properties),
            _ => {}
        }
        let actual = file.dictionary(&properties).map(|about| file.get(&about, b"ActualText"));
        if let Some(text) = actual.as_ref().and_then(Object::text) {
            self.around.actual = Some(Some(super::beside::text(text)));
        }
    }
}
