//! Where shapes lie, in English metric units (914,400 to the inch).

use crate::formats::read::xml::{Element, Node};

/// One point.
pub(super) const POINT: i64 = 12_700;

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rect {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl Rect {
    /// What `a:off` and `a:ext` say.
    pub(super) fn of(transform: Node<'_>, offset: &str, extent: &str) -> Option<Rect> {
        let (offset, extent) = (transform.child(offset)?, transform.child(extent)?);
        // A page is at most 56 inches; what lies further away lies outside of it however far.
        let number = |node: Node<'_>, name: &str| node.number(name).map(|value| value.clamp(-1 << 40, 1 << 40));
        Some(Rect {
            left: number(offset, "x")?,
            top: number(offset, "y")?,
            width: number(extent, "cx")?,
            height: number(extent, "cy")?,
        })
    }

    fn right(&self) -> i64 {
        self.left + self.width
    }

    fn bottom(&self) -> i64 {
        self.top + self.height
    }

    /// Whether the two have no point in common.
    pub(super) fn is_apart(&self, other: &Rect) -> bool {
        self.left >= other.right()
            || self.right() <= other.left
            || self.top >= other.bottom()
            || self.bottom() <= other.top
    }

    /// Whether the other lies wholly within.
    pub(super) fn holds(&self, other: &Rect) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right() >= other.right()
            && self.bottom() >= other.bottom()
    }

    /// Whether nothing can be seen in it.
    pub(super) fn is_point(&self) -> bool {
        self.width <= POINT && self.height <= POINT
    }
}

/// How the shapes of a group lie in what is around it: its own rectangle, and the one its shapes are measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) own: Rect,
    pub(super) inner: Rect,
}

impl Group {
    /// A rectangle of the group as it lies outside.
    pub(super) fn placed(&self, rect: Rect) -> Rect {
        let scale = |value: i64, own: i64, inner: i64| match inner {
            0 => 0,
            inner => (i128::from(value) * i128::from(own) / i128::from(inner)).clamp(-1 << 40, 1 << 40) as i64,
        };
        let Group { own, inner } = self;
        Rect {
            left: own.left + scale(rect.left - inner.left, own.width, inner.width),
            top: own.top + scale(rect.top - inner.top, own.height, inner.height),
            width: scale(rect.width, own.width, inner.width),
            height: scale(rect.height, own.height, inner.height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_groups_lie_where_the_group_puts_them() {
        let rect = |left, top, width, height| Rect { left, top, width, height };
        let group = Group { own: rect(100, 100, 50, 50), inner: rect(0, 0, 100, 100) };
        assert_eq!(group.placed(rect(20, 40, 60, 10)), rect(110, 120, 30, 5));
        let flat = Group { own: rect(0, 0, 0, 0), inner: rect(0, 0, 100, 100) };
        assert!(flat.placed(rect(20, 40, 60, 10)).is_point());
    }
}
