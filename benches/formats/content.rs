//! What both sides write: the documents of `python_baseline.py`, from the same stream of words.

const WORDS: &str = "quarter revenue project client schedule review budget delivery supplier contract meeting forecast invoice \
    milestone the of and to in for with draft approval risk estimate team manager region account renewal policy \
    audit plan margin cost travel request summary issue update action owner deadline pending approved revised \
    version appendix customer support launch training hiring vendor payment terms net thirty days shipment";

/// A stream of splitmix64: small, and equal in every language.
pub(crate) struct Stream {
    state: u64,
    words: Vec<&'static str>,
}

impl Stream {
    pub(crate) fn new(seed: u64) -> Stream {
        Stream { state: seed, words: WORDS.split_whitespace().collect() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }

    /// A sentence of `count` words.
    pub(crate) fn words(&mut self, count: usize) -> String {
        let mut out = String::with_capacity(count * 8);
        for index in 0..count {
            let drawn = self.below(self.words.len() as u64) as usize;
            let word = self.words[drawn];
            match index {
                0 => out.extend([word[..1].to_ascii_uppercase().as_str(), &word[1..]]),
                _ => out.extend([" ", word]),
            }
        }
        out.push('.');
        out
    }
}

/// A text of three sections with a table.
pub(crate) struct Text {
    pub(crate) title: String,
    pub(crate) header: String,
    pub(crate) sections: Vec<(String, Vec<String>)>,
    pub(crate) table: Vec<[String; 4]>,
}

/// The text of document `number`; the table has `rows` rows with its header.
pub(crate) fn text(number: u64, rows: usize) -> Text {
    let mut stream = Stream::new(number * 7_919 + 17);
    let (title, header) = (stream.words(5), stream.words(4));
    let sections = (0..3).map(|_| (stream.words(3), (0..3).map(|_| stream.words(90)).collect())).collect();
    let mut table = vec![["Item", "Owner", "Cost", "Status"].map(str::to_owned)];
    for _ in 1..rows {
        let (item, owner) = (stream.words(3), stream.words(2));
        let cost = format!("{}.{:02}", stream.below(90_000), stream.below(100));
        table.push([item, owner, cost, stream.words(1)]);
    }
    Text { title, header, sections, table }
}

/// One slide of a deck; a slide with a table shows no bullets.
pub(crate) struct Slide {
    pub(crate) title: String,
    pub(crate) bullets: Vec<String>,
    pub(crate) table: Option<Vec<[String; 4]>>,
}

/// The eight slides of deck `number`.
pub(crate) fn deck(number: u64) -> Vec<Slide> {
    let mut stream = Stream::new(number * 15_485_863 + 5);
    let slide = |index: usize| {
        let title = stream.words(4);
        let bullets = (0..5).map(|_| stream.words(8)).collect();
        let table = (index == 4).then(|| (0..6).map(|_| std::array::from_fn(|_| stream.words(2))).collect());
        Slide { title, bullets, table }
    };
    (0..8).map(slide).collect()
}

/// One line of a data sheet.
pub(crate) struct Line {
    /// Days since the end of 1899.
    pub(crate) day: u64,
    pub(crate) item: String,
    pub(crate) quantity: u64,
    pub(crate) cents: u64,
    pub(crate) note: String,
}

/// The three data sheets of workbook `number`.
pub(crate) fn sheets(number: u64) -> Vec<(String, Vec<Line>)> {
    let mut stream = Stream::new(number * 104_729 + 3);
    let mut line = || Line {
        day: 46_000 + stream.below(365),
        item: stream.words(2),
        quantity: 1 + stream.below(500),
        cents: 100 + stream.below(100_000),
        note: stream.words(4),
    };
    (1..=3).map(|sheet| (format!("Sheet {sheet}"), (0..200).map(|_| line()).collect())).collect()
}
