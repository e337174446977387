//! Colours of documents. A theme is one dark accent and the light tint that goes with it.

/// The colours a document uses, as six hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    /// Headings, filled header rows, the first series of a chart.
    pub(crate) accent: &'static str,
    /// Lines and second-rank text.
    pub(crate) muted: &'static str,
    /// Bands and shaded areas behind dark text.
    pub(crate) tint: &'static str,
    /// Series of a chart, in order.
    pub(crate) series: [&'static str; 6],
}

const HOUSE: Palette = Palette {
    accent: "2F5597",
    muted: "7F8FA9",
    tint: "E9EEF6",
    series: ["2F5597", "ED7D31", "7F7F7F", "BF9000", "548235", "8064A2"],
};
const NAVY: Palette = Palette {
    accent: "1F3864",
    muted: "7B879D",
    tint: "E4E9F2",
    series: ["1F3864", "5B9BD5", "A5A5A5", "C55A11", "70AD47", "7F6084"],
};
const GREEN: Palette = Palette {
    accent: "375623",
    muted: "7E8F72",
    tint: "E8F0E2",
    series: ["375623", "A9D18E", "7F7F7F", "BF9000", "2F5597", "C55A11"],
};
const TEAL: Palette = Palette {
    accent: "1F5C66",
    muted: "75949A",
    tint: "E2EFF1",
    series: ["1F5C66", "5FB0BC", "7F7F7F", "BF9000", "C55A11", "548235"],
};
const RED: Palette = Palette {
    accent: "7B2C2C",
    muted: "A08080",
    tint: "F5E8E8",
    series: ["7B2C2C", "D08A8A", "7F7F7F", "BF9000", "2F5597", "548235"],
};
const GREY: Palette = Palette {
    accent: "404040",
    muted: "8C8C8C",
    tint: "EDEDED",
    series: ["404040", "A6A6A6", "2F5597", "BF9000", "548235", "C55A11"],
};
const PURPLE: Palette = Palette {
    accent: "4B3869",
    muted: "8C819F",
    tint: "ECE8F3",
    series: ["4B3869", "A797C7", "7F7F7F", "BF9000", "2F5597", "548235"],
};

/// The colours of a theme; a name that is not known has those of the house.
pub(crate) fn of(theme: &str) -> Palette {
    match theme {
        "navy" => NAVY,
        "green" => GREEN,
        "teal" => TEAL,
        "red" | "burgundy" => RED,
        "grey" | "gray" => GREY,
        "purple" => PURPLE,
        _ => HOUSE,
    }
}
