//! A document and its content, registered together: what is sealed is kept before the command is given, and thrown
//! away again when no document names it in the end.

use registry::{
    Answer, Command, CommandId, RegistryId,
    document::{Register, StagedContent},
};
use store::StoreError;

use crate::{
    door::Sender,
    failure::Failure,
    intake::{Staged, Upload},
    office::Office,
};

impl Office {
    /// Registers a document with its content, if it has any. `upload` is the file, whose bytes have all been
    /// written, with the length that was promised (bytes), if one was.
    ///
    /// It is carried to its end even when the one who asked has gone: nothing is left half-registered.
    pub async fn register(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        document: Register,
        upload: Option<(Upload, Option<u64>)>,
    ) -> Result<Answer, Failure> {
        let office = self.clone();
        let command = move |content: Option<StagedContent>| Command::Register {
            registry,
            document: Box::new(Register { content, ..document }),
        };
        let errand =
            tokio::spawn(async move { office.carry_in(sender, id, registry, upload, command).await });
        errand.await.map_err(StoreError::damaged)?
    }

    /// Keeps a file that came in, carries out the command that names it, and throws it away again where none does.
    pub(crate) async fn carry_in(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        upload: Option<(Upload, Option<u64>)>,
        command: impl FnOnce(Option<StagedContent>) -> Command + Send,
    ) -> Result<Answer, Failure> {
        self.carry_left(sender, id, registry, upload, |staged| staged, command).await
    }

    /// The same, with what is left of the file once it is read.
    pub(crate) async fn carry_left(
        &self,
        sender: Sender,
        id: CommandId,
        registry: RegistryId,
        upload: Option<(Upload, Option<u64>)>,
        left: impl FnOnce(Staged) -> Staged + Send,
        command: impl FnOnce(Option<StagedContent>) -> Command + Send,
    ) -> Result<Answer, Failure> {
        let staged = match upload {
            Some((upload, announced)) => {
                let finished = tokio::task::spawn_blocking(move || upload.finish(announced));
                Some(finished.await.map_err(StoreError::damaged)??)
            }
            None => None,
        };
        let content = match staged.map(left) {
            Some(Staged { content, sealed, .. }) => {
                self.keep(sealed).await?;
                Some(content)
            }
            None => None,
        };
        let result = self.carry(sender, id, command(content.clone())).await;
        let Some(content) = content else { return result.map(|carried| carried.answer) };
        let unused = match &result {
            // The same command came before: what is kept is what was sealed then.
            Ok(carried) => !carried.now,
            Err(Failure::Refused(_)) => true,
            // Whether it was committed is not known: better an object too many than a document without one.
            Err(Failure::Failed(_)) => false,
        };
        if unused {
            self.discard(registry, &[content]).await?;
        }
        result.map(|carried| carried.answer)
    }
}
