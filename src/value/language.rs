//! Month and weekday words and the natural form of dates in a language [X5].
//!
//! The words are those of the Unicode CLDR, edition 47 (Unicode License v3), Gregorian calendar.

use crate::value::{Date, Month};

/// A language as far as dates need it.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// `de`, or `en-US` where a country writes dates otherwise than its language.
    pub tag: &'static str,
    /// From January, as they stand alone.
    months: &'static str,
    /// From January, as they stand in a date, where that is another form.
    months_in_dates: &'static str,
    /// From Monday.
    weekdays: &'static str,
    /// `{d}` is the day, `{m}` the month's word, `{n}` its number, `{y}` the year.
    day: &'static str,
    month: &'static str,
}

/// BCP 47 of prose, which spelling and page counts follow: that of the numbers where the language agrees.
pub(crate) fn of_prose(language: &str, locale: &str) -> String {
    match language {
        _ if locale.split('-').next() == Some(language) => locale.to_owned(),
        "en" => "en-GB".to_owned(),
        other => other.to_owned(),
    }
}

impl Language {
    /// The language of a tag; of `de-CH` that of `de`, since only some countries differ.
    pub fn named(tag: &str) -> Option<&'static Language> {
        let find = |tag: &str| LANGUAGES.iter().find(|language| language.tag == tag);
        find(tag).or_else(|| find(tag.split_once('-')?.0))
    }

    /// All tags, for suggestions.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|language| language.tag)
    }

    /// `18 March 2026`, `18. März 2026`.
    pub fn day(&self, date: Date) -> String {
        let (year, month, day) = date.ymd();
        let words = if self.months_in_dates.is_empty() { self.months } else { self.months_in_dates };
        let day = if day == 1 && self.tag == "fr" { "1er".to_string() } else { day.to_string() };
        self.fill(self.day, words, year, month).replace("{d}", &day)
    }

    /// `March 2026`, `März 2026`.
    pub fn month(&self, month: Month) -> String {
        self.fill(self.month, self.months, month.year(), month.number())
    }

    /// The word for the day of the week.
    pub fn weekday(&self, date: Date) -> &'static str {
        word(self.weekdays, date.weekday())
    }

    fn fill(&self, pattern: &str, words: &str, year: i32, month: u32) -> String {
        let name = word(words, month - 1);
        pattern.replace("{m}", name).replace("{n}", &month.to_string()).replace("{y}", &year.to_string())
    }
}

fn word(words: &str, index: u32) -> &str {
    words.split(' ').nth(index as usize).unwrap_or_default()
}

const ENGLISH: Language = Language {
    tag: "en",
    months: "January February March April May June July August September October November December",
    months_in_dates: "",
    weekdays: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    day: "{d} {m} {y}",
    month: "{m} {y}",
};

const GERMAN: Language = Language {
    tag: "de",
    months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    weekdays: "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    day: "{d}. {m} {y}",
    ..ENGLISH
};

static LANGUAGES: &[Language] = &[
    ENGLISH,
    Language { tag: "en-US", day: "{m} {d}, {y}", ..ENGLISH },
    GERMAN,
    Language {
        tag: "de-AT",
        months: "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
        ..GERMAN
    },
    Language {
        tag: "fr",
        months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        weekdays: "lundi mardi mercredi jeudi vendredi samedi dimanche",
        ..ENGLISH
    },
    Language {
        tag: "it",
        months: "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        weekdays: "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        ..ENGLISH
    },
    Language {
        tag: "es",
        months: "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        weekdays: "lunes martes miércoles jueves viernes sábado domingo",
        day: "{d} de {m} de {y}",
        month: "{m} de {y}",
        ..ENGLISH
    },
    Language {
        tag: "pt",
        months: "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        weekdays: "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        day: "{d} de {m} de {y}",
        month: "{m} de {y}",
        ..ENGLISH
    },
    Language {
        tag: "nl",
        months: "januari februari maart april mei juni juli augustus september oktober november december",
        weekdays: "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        ..ENGLISH
    },
    Language {
        tag: "pl",
        months: "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
        months_in_dates: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada \
                          grudnia",
        weekdays: "poniedziałek wtorek środa czwartek piątek sobota niedziela",
        ..ENGLISH
    },
    Language {
        tag: "cs",
        months: "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
        months_in_dates: "ledna února března dubna května června července srpna září října listopadu prosince",
        weekdays: "pondělí úterý středa čtvrtek pátek sobota neděle",
        day: "{d}. {m} {y}",
        ..ENGLISH
    },
    Language {
        tag: "sv",
        months: "januari februari mars april maj juni juli augusti september oktober november december",
        weekdays: "måndag tisdag onsdag torsdag fredag lördag söndag",
        ..ENGLISH
    },
    Language {
        tag: "da",
        months: "januar februar marts april maj juni juli august september oktober november december",
        weekdays: "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        day: "{d}. {m} {y}",
        ..ENGLISH
    },
    Language {
        tag: "nb",
        months: "januar februar mars april mai juni juli august september oktober november desember",
        weekdays: "mandag tirsdag onsdag torsdag fredag lørdag søndag",
        day: "{d}. {m} {y}",
        ..ENGLISH
    },
    Language {
        tag: "fi",
        months: "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu \
                 joulukuu",
        months_in_dates: "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta \
                          syyskuuta lokakuuta marraskuuta joulukuuta",
        weekdays: "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai",
        day: "{d}. {m} {y}",
        ..ENGLISH
    },
    Language {
        tag: "ja",
        months: "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
        weekdays: "月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日",
        day: "{y}年{n}月{d}日",
        month: "{y}年{n}月",
        ..ENGLISH
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_print_naturally() {
        let date = Date::from_ymd(2026, 3, 1).expect("a date of the calendar");
        for (tag, day, month, weekday) in [
            ("en", "1 March 2026", "March 2026", "Sunday"),
            ("en-GB", "1 March 2026", "March 2026", "Sunday"),
            ("en-US", "March 1, 2026", "March 2026", "Sunday"),
            ("de-CH", "1. März 2026", "März 2026", "Sonntag"),
            ("fr", "1er mars 2026", "mars 2026", "dimanche"),
            ("it", "1 marzo 2026", "marzo 2026", "domenica"),
            ("es", "1 de marzo de 2026", "marzo de 2026", "domingo"),
            ("pt", "1 de março de 2026", "março de 2026", "domingo"),
            ("nl", "1 maart 2026", "maart 2026", "zondag"),
            ("pl", "1 marca 2026", "marzec 2026", "niedziela"),
            ("cs", "1. března 2026", "březen 2026", "neděle"),
            ("sv", "1 mars 2026", "mars 2026", "söndag"),
            ("da", "1. marts 2026", "marts 2026", "søndag"),
            ("nb-NO", "1. mars 2026", "mars 2026", "søndag"),
            ("fi", "1. maaliskuuta 2026", "maaliskuu 2026", "sunnuntai"),
            ("ja", "2026年3月1日", "2026年3月", "日曜日"),
        ] {
            let language = Language::named(tag).unwrap_or_else(|| panic!("{tag} is a language"));
            let shown = (language.day(date), language.month(date.month()), language.weekday(date));
            assert_eq!(shown, (day.to_string(), month.to_string(), weekday), "{tag}");
        }
        assert_eq!(Language::named("xx"), None);
        assert_eq!(Language::named("xx-DE"), None);
    }

    #[test]
    fn every_language_has_all_its_words() {
        for language in LANGUAGES {
            assert_eq!(language.months.split(' ').count(), 12, "{}", language.tag);
            assert_eq!(language.weekdays.split(' ').count(), 7, "{}", language.tag);
            let in_dates = language.months_in_dates;
            assert!(in_dates.is_empty() || in_dates.split(' ').count() == 12, "{}", language.tag);
        }
    }
}
