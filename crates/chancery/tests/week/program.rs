//! A program that talks to the house in a person's name.

use axum::{
    Router,
    body::Body,
    http::{Request, header},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::browser::{PHRASE, World};

/// A program with the token of a person.
pub struct Program {
    router: Router,
    token: String,
}

impl Program {
    pub async fn of(world: &World, login: &str) -> Program {
        let mut program = Program { router: world.router.clone(), token: String::new() };
        let body = json!({"login": login, "password": PHRASE, "name": "a script"});
        let answer = program.post("/api/v1/sign-in", 0, &body).await;
        program.token = answer["token"].as_str().unwrap().to_owned();
        program
    }

    async fn send(&self, method: &str, path: &str, key: usize, kind: &str, body: Vec<u8>) -> Value {
        let mut request = Request::builder().method(method).uri(path);
        if !self.token.is_empty() {
            request = request.header(header::AUTHORIZATION, format!("Bearer {}", self.token));
        }
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, kind);
            request = request.header("idempotency-key", format!("{key:032x}"));
        }
        let answer = self.router.clone().oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
        let status = answer.status();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        assert!(status.is_success(), "{method} {path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    pub async fn get(&self, path: &str) -> Value {
        self.send("GET", path, 0, "", Vec::new()).await
    }

    pub async fn post(&self, path: &str, key: usize, body: &Value) -> Value {
        self.send("POST", path, key, "application/json", body.to_string().into_bytes()).await
    }

    /// Registers a letter with its text; its identifier and reference.
    pub async fn letter(&self, key: usize, entry: &Value, text: &str) -> (String, String) {
        let body = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"document\"\r\nContent-Type: application/json\r\n\r\n{entry}\r\n\
             --edge\r\nContent-Disposition: form-data; name=\"content\"; filename=\"letter.txt\"\r\n\r\n{text}\r\n--edge--\r\n"
        );
        let kind = "multipart/form-data; boundary=edge";
        let answer =
            self.send("POST", "/api/v1/registries/REG/documents", key, kind, body.into_bytes()).await;
        (answer["id"].as_str().unwrap().to_owned(), answer["reference"].as_str().unwrap().to_owned())
    }

    /// How many documents the person sees.
    pub async fn total(&self) -> usize {
        let list = self.get("/api/v1/documents?registry=REG&limit=1").await;
        list["total"].as_u64().unwrap() as usize
    }

    /// All of them, page by page.
    pub async fn all(&self) -> Vec<Value> {
        let mut all = Vec::new();
        let mut path = "/api/v1/documents?registry=REG&limit=100".to_owned();
        loop {
            let page = self.get(&path).await;
            all.extend(page["documents"].as_array().unwrap().iter().cloned());
            match page["next"].as_str() {
                Some(next) => path = format!("/api/v1/documents?registry=REG&limit=100&after={next}"),
                None => return all,
            }
        }
    }

    /// How many of an act on many were refused.
    pub fn refused(&self, answer: &Value) -> usize {
        answer["items"].as_array().unwrap().iter().filter(|item| item["done"] == false).count()
    }
}
