//! What is asked of the routes of cases: lists, forms, a case by its number and its identifier, and of what is not there.

use super::{Common, STRANGER, all, each};
use crate::send::Ask;

/// What is asked of a route of these; none: it is another's.
pub(super) fn asks(path: &str, common: &Common) -> Option<Vec<Ask>> {
    let of = |codes: &[&str]| -> Vec<String> { codes.iter().map(|code| (*code).to_owned()).collect() };
    match path {
        "/cases" | "/cases.csv" | "/cases.xlsx" => {
            let asks = [
                "",
                "?procedure=tasker",
                "?state=all&q=averlund&sort=number",
                "?state=late&from=50",
                "?state=all&unit=PLANS&opened=2026-01-01..2026-12-31&over=2026-01-01..2026-12-31",
            ];
            Some(asks.map(|query| Ask::get(format!("{path}{query}"))).to_vec())
        }
        "/cases/new" | "/tasks" | "/tasks.csv" | "/tasks.xlsx" => all(&[path]),
        "/cases/new/{procedure}" => {
            let mut asks = each(path, "procedure", &of(&["tasker", "rfi", "personal-data", "nothing"]));
            let part = format!("{}:{STRANGER}", common.case);
            asks.push(Ask::get(format!("/cases/new/tasker?part_of={part}")));
            Some(asks)
        }
        "/cases/tasks" | "/cases/tasks.csv" | "/cases/tasks.xlsx" => {
            let asks = [
                "",
                "?procedure=tasker&unit=PLANS",
                "?state=late&age=1-5",
                "?state=done&over=2026-01-01..2026-12-31&kept=approved&time=asked",
                "?with=role:clerk&due=2026-11-01..2026-11-30&from=50",
            ];
            Some(asks.map(|query| Ask::get(format!("{path}{query}"))).to_vec())
        }
        "/cases/figures" | "/cases/figures.csv" | "/cases/figures.xlsx" => {
            let asks = [
                "",
                "?period=year&unit=PLANS",
                "?period=days&from=2026-01-01&until=2026-12-31&procedure=tasker",
            ];
            Some(asks.map(|query| Ask::get(format!("{path}{query}"))).to_vec())
        }
        "/api/v1/cases/figures" => {
            let asks =
                ["", "?from=2026-01-01&until=2026-12-31&unit=PLANS", "?unit=nothing", "?procedure=tasker"];
            Some(asks.map(|query| Ask::get(format!("{path}{query}"))).to_vec())
        }
        "/cases/board/{procedure}" => Some(each(path, "procedure", &of(&["tasker", "nothing"]))),
        "/cases/{id}" => {
            let mut cases =
                of(&["TT-2026-0001", "TT-2026-0002", "TT-2026-0003", "TT-2026-0099", STRANGER, "none"]);
            cases.insert(0, common.case.clone());
            Some(each(path, "id", &cases))
        }
        "/cases/{id}/comments"
        | "/cases/{id}/comments.csv"
        | "/cases/{id}/comments.xlsx"
        | "/cases/{id}/comments.docx" => {
            let mut cases = of(&["TT-2026-0099", STRANGER]);
            cases.insert(0, common.case.clone());
            let mut asks = each(path, "id", &cases);
            let own = path.replace("{id}", &common.case);
            let queries = ["?severity=critical&state=open", "?state=settled&sort=place&row=1"];
            asks.extend(queries.map(|query| Ask::get(format!("{own}{query}"))));
            Some(asks)
        }
        "/api/v1/cases/{number}/comments" => {
            let mut cases = of(&["TT-2026-0099", STRANGER]);
            cases.insert(0, common.case.clone());
            let mut asks = each(path, "number", &cases);
            asks.push(Ask::get(format!(
                "{}?severity=critical&state=open",
                path.replace("{number}", &common.case)
            )));
            Some(asks)
        }
        "/api/v1/cases" => {
            let asks = ["", "?procedure=tasker", "?runs=late&q=averlund&order=number", "?runs=no&after=50"];
            Some(asks.map(|query| Ask::get(format!("{path}{query}"))).to_vec())
        }
        "/api/v1/procedures" | "/api/v1/tasks" => all(&[path]),
        "/api/v1/procedures/{code}" => Some(each(path, "code", &of(&["tasker", "nothing"]))),
        "/api/v1/cases/{number}" => {
            let mut cases = of(&["TT-2026-0001", "TT-2026-0002", "TT-2026-0003", "TT-2026-0099", STRANGER]);
            cases.insert(0, common.case.clone());
            Some(each(path, "number", &cases))
        }
        _ => None,
    }
}
